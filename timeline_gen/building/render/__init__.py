"""Files of a site: what is as it was is kept, the rest is rendered, shared out."""
