"""The live preview: the real page in a browser, set anew on every save."""
