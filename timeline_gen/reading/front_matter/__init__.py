"""The front matter of content files: YAML with the place of every value, read by the schema."""
