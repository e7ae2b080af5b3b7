"""Dates as they are known: reading, calendars, order, wording."""
