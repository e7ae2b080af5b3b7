"""The stage collect: tellings into events, versions into articles, events into timelines."""
