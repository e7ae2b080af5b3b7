"""The stage render: views into files through themes, feeds and exports."""
