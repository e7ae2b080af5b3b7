"""Markdown into clean HTML, with what is wrong in it at its place."""
