"""Pictures as files: their kinds and sizes, and SVG written anew from what draws."""
