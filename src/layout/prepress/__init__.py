"""Finishing: a painted PDF becomes the PDF/X-4 that the press prints."""

from layout.prepress.finish import finish
from layout.prepress.slug import SlugLine

__all__ = ["SlugLine", "finish"]
