"""The stage collect: tellings into events, versions into stories, events into timelines."""
