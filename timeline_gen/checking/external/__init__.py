"""Links to other sites: which there are in the content, and whether they lead somewhere."""
