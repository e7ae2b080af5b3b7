"""What the search knows of events, names and articles, and how that is put into parts."""
