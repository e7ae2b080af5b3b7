"""The stage plan: which pages there are, and where."""
