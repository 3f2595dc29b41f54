"""Finishing: a painted PDF becomes the PDF/X-4 that the press prints."""

from layout.prepress.finish import finish

__all__ = ["finish"]
