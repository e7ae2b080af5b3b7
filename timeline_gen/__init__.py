"""timeline-gen: collects dated events out of articles and makes a site of them, in any languages at once."""

__version__ = "0.1.0"
