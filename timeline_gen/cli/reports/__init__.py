"""The forms in which problems are reported: for a terminal, and for other programs."""
