"""The live preview: the page in a browser, rebuilt on every save."""
