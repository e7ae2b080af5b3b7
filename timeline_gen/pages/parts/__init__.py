"""What several kinds of pages have in common."""
