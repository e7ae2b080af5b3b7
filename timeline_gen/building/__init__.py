"""How the stages are run: kept from earlier builds, and shared out to processes."""
