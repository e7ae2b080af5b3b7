"""The files in which a timeline is given away: one module for each form."""
