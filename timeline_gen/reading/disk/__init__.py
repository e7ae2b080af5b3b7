"""The only modules that read the files of a site from the disk."""
