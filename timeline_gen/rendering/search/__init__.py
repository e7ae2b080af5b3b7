"""The data of the search: sets of numbers as texts, and classic scripts of a bounded size."""
