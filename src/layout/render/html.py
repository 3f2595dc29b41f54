"""A design's Jinja template filled with the issue: a page's HTML with empty frames."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateSyntaxError, UndefinedError
from jinja2 import TemplateError as JinjaError
from jinja2.sandbox import SandboxedEnvironment

from layout.errors import Place, Said, TemplateError


class Design:
    """A folder under ``templates/``: page templates, style sheets, ornaments.

    *shared* is where the parts lie that designs have in common: ``{% from "components/charts.html" import bars %}``
    finds them there, unless the design has a file of that name itself.
    """

    def __init__(self, folder: Path, shared: Path | None = None):
        self.folder = folder
        self._jinja = SandboxedEnvironment(
            loader=FileSystemLoader([folder] if shared is None else [folder, shared]),
            undefined=StrictUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def page(self, kind: str, context: Mapping[str, Any]) -> str:
        """The HTML of one page of *kind* (template ``<kind>.html``).

        Raises ``TemplateError`` with the template's line for anything Jinja cannot do.
        """
        name = f"{kind}.html"
        if not (self.folder / name).is_file():
            raise TemplateError(
                Said(
                    f"版式没有“{kind}”这种版面（缺 {name}）",
                    f"the design has no page kind “{kind}” ({name} is missing)",
                ),
                place=Place(str(self.folder)),
                hint=Said(
                    "issue.toml 的 kind 要与版式里的模板同名", "kind in issue.toml names one of the design's templates"
                ),
            )
        try:
            return self._jinja.get_template(name).render(context)
        except TemplateSyntaxError as error:
            file = error.filename or str(self.folder / name)
            raise TemplateError(
                Said(f"模板写法有误：{error.message}", f"the template does not parse: {error.message}"),
                place=Place(file, error.lineno),
                hint=Said("检查这一行的 {{ }}、{% %} 是否成对", "check that {{ }} and {% %} on this line are paired"),
            ) from error
        except (JinjaError, UndefinedError, TypeError, ValueError, ArithmeticError) as error:
            raise TemplateError(
                Said(f"模板出错：{error}", f"the template failed: {error}"),
                place=_place(error, self.folder / name),
                hint=Said("模板里用到的名字见设计说明", "the design guide lists the names a template may use"),
            ) from error

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


def _place(error: BaseException, template: Path) -> Place:
    """The innermost template line in the error's traceback."""
    found = Place(str(template))
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.endswith(".html"):
            found = Place(trace.tb_frame.f_code.co_filename, trace.tb_lineno)
        trace = trace.tb_next
    return found
