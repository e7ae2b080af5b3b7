"""Preview: a server that rebuilds the site at every save and tells the browser what has changed."""
