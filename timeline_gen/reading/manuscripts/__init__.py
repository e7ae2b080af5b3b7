"""Files that an article may begin as: plain text, Markdown and saved pages."""
