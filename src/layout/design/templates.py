"""A design's Jinja template filled with the issue: a page's HTML with empty frames."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from layout.design.template_errors import Failure
from layout.design.template_sandbox import Sandbox
from layout.errors import LayoutError, Message, Place, TemplateError, meant, unreadable


class Design:
    """A folder under ``templates/``: page templates, style sheets, ornaments.

    *shared* is where the parts lie that designs have in common: ``{% from "components/charts.html" import bars %}``
    finds them there, unless the design has a file of that name itself. In a *draft* a template may ask for words,
    sections, figures and pictures that are not there: see ``AbsentRecords``.
    """

    def __init__(self, folder: Path, shared: Path | None = None, *, draft: bool = False):
        self.folder = folder
        self._folders = (folder,) if shared is None else (folder, shared)
        self._jinja = Sandbox(list(self._folders), draft=draft)

    def page(self, kind: str, context: Mapping[str, object]) -> str:
        """The HTML of one page of *kind* (template ``<kind>.html``).

        Raises ``TemplateError`` with the template's line for anything Jinja cannot do.
        """
        template = self.folder / f"{kind}.html"
        if not template.is_file():
            raise self._no_kind(kind, template)
        try:
            return self._jinja.filled(template.name, context)
        except LayoutError:
            raise
        except PermissionError as error:
            raise unreadable(error, TemplateError, str(error.filename or template)) from error
        except Exception as error:
            # Whatever a template can bring about is the template's fault, and is reported with its line.
            raise Failure(self._jinja, self._folders, template, context).fault(error) from error

    def variants(self, kind: str) -> tuple[str, ...]:
        """The arrangements of a page kind: ``<kind>``, ``<kind>-a``, ``<kind>-b`` …, those that there are.

        Where there is none, *kind* itself, so that asking for it says what is missing.
        """
        found = [kind] if (self.folder / f"{kind}.html").is_file() else []
        found += sorted(path.stem for path in self.folder.glob(f"{kind}-[a-z].html"))
        return tuple(found) or (kind,)

    @property
    def template(self) -> Path:
        """The folder's main template, for messages."""
        return self.folder / "page.html"

    def _no_kind(self, kind: str, template: Path) -> TemplateError:
        why = Message("是文件夹", "is a folder") if template.is_dir() else Message("不存在", "is missing")
        return TemplateError(
            Message(
                f"版式没有“{kind}”这种版面（{template.name} {why.zh}）",
                f"the design has no page kind “{kind}” ({template.name} {why.en})",
            ),
            place=Place(str(self.folder)),
            hint=meant(kind, sorted(path.stem for path in self.folder.glob("*.html") if path.is_file())),
        )
