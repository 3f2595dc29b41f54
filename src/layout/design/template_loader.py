"""Reads the files of templates, and none that lies outside their folders."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from jinja2.loaders import split_template_path

from layout.errors import TemplateError
from layout.manuscript.encoding import decode


class LeadsOut(Exception):
    """The template *name* is a link, or lies behind one, that leads out of the folder it is looked for in."""

    def __init__(self, name: str):
        super().__init__(name)
        self.name = name


class TemplateLoader(FileSystemLoader):
    """Reads templates as manuscripts are read, so that a wrong encoding is a fault with its line.

    No file outside the folders is opened: ``LeadsOut`` is raised for a link that leads there.
    """

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """What Jinja calls for the text of *template*, its path, and whether that is still the same."""
        self._stay_inside(template)
        try:
            source, path, fresh = super().get_source(environment, template)
        except UnicodeDecodeError:
            for folder in self.searchpath:
                path = str(Path(folder, template))
                if Path(path).is_file():
                    decode(Path(path).read_bytes(), path, TemplateError)
            raise
        return source.removeprefix("\ufeff"), path, fresh

    def _stay_inside(self, template: str) -> None:
        # The folder may be a link itself: issue.toml names it. realpath, for it bears links that go in a circle.
        for folder in self.searchpath:
            path = Path(folder, *split_template_path(template))
            if path.is_file():
                if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
                    raise LeadsOut(template)
                return
