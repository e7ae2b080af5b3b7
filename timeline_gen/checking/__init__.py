"""Questions about content and output, answered without touching the output."""
