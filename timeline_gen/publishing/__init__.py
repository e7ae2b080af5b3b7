"""Publishing: what is here, what is stored there, a plan of the difference, and carrying it out."""
