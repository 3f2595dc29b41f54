"""Proofreading: what is wrong with the words of a story. It reports with the place, and never changes copy."""
