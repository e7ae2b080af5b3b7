"""The stage plan: addresses, pages, and the view that each page shows."""
