"""The places that a site is published to."""
