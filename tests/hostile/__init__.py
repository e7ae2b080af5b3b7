"""Hostile inputs: what is tried to do harm, and what must come of it."""
