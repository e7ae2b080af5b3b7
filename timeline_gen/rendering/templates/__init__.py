"""Templates into pages: the one door to Jinja2, what templates see, and what is wrong with them."""
