"""Publishing: what stands here, what stands there, a plan of the difference, and carrying it out."""
