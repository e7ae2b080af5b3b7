"""The stage write: cache, manifest, stage and swap."""
