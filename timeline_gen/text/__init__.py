"""Languages and their writing: directions, names, plural rules, digits, folding, slugs."""
