"""What editors and forms read: JSON Schemas of the files of a site, and settings made from these."""
