"""The axis of a timeline: its scale, ticks, marks, names and rows, as docs/axis.md lays them out."""
