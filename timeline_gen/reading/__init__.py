"""The stages load and parse: files into articles, pages, settings, entities and themes."""
