"""Photographs, made ready for the press: cropped, sized, in press CMYK, within the ink limit."""

from layout.pictures.making import prepare, prepare_many
from layout.pictures.model import Form, PictureKind, PictureRequest, Prepared, Raster

__all__ = ["Form", "PictureKind", "PictureRequest", "Prepared", "Raster", "prepare", "prepare_many"]
