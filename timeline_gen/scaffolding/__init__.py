"""New sites and articles that build clean."""
