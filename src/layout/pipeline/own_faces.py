"""Finds the own faces of a design and of an issue: their folders ``fonts``, and the design's ``@font-face`` rules.

A file must lie in the design's or the issue's own folder, links followed. Loaded only where there is one: fontTools
comes with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from layout import assets
from layout.design.design_files import read_design_toml
from layout.design.font_faces import FontFaceRule, font_face_rules, named_in, searchable
from layout.errors import FontError, LayoutError, Message, Place, PlanError, TemplateError, meant, nearest
from layout.fontbook import Fontbook
from layout.fontbook.embedding import Licence
from layout.fontbook.font_file import faces_in, read_font_file
from layout.fontbook.licence_rows import NAME, LicenceRows, licence_rows
from layout.fontbook.own_faces import Owner, OwnFace
from layout.manuscript.encoding import decode
from layout.pipeline.page_faults import raise_together
from layout.toml_files.reading import read_toml

FOLDER = "fonts"
FILES = 400
"""Font files in one folder: several times what the largest newspaper's designs use."""
_FONTS = (".ttf", ".otf", ".ttc", ".otc", ".woff", ".woff2")
_OTHERS = (".pfb", ".pfa", ".pfm", ".afm", ".dfont", ".eot", ".fon", ".fnt", ".bdf", ".pcf", ".suit", ".tte")
"""Kinds of fonts that are told, as they cannot be used; other files, such as licences, may lie beside the fonts."""
_GENERIC = ("serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui", "inherit", "initial", "default")
"""Words of CSS that are no names."""


@dataclass(frozen=True, slots=True)
class FoundFace:
    """One own face, and whether a page may be set in it."""

    face: OwnFace
    in_use: bool
    """Whether the design names it, or it stands behind every list."""


def faces_in_use(design: Path, issue: Path | None) -> tuple[OwnFace, ...]:
    """The own faces that pages of *design* and *issue* (folders) may be set in, the design's first.

    Raises ``FontError``, ``TemplateError`` or ``PlanError`` (``Faults`` of several) for every font that cannot be used
    or must not be, and for rules and rows that say nothing of use.
    """
    found = found_faces(design, issue)
    raise_together(_forbidden(each.face) for each in found if each.in_use and each.face.forbidden)
    return tuple(each.face for each in found if each.in_use)


def found_faces(design: Path | None, issue: Path | None) -> tuple[FoundFace, ...]:
    """Every own face of *design* and *issue*. Raises as ``faces_in_use``, but for licences."""
    faults: list[LayoutError] = []
    found: list[FoundFace] = []
    texts = _texts(design) if design is not None else {}
    words = searchable(texts)
    for folder, owner in ((design, "design"), (issue, "issue")):
        if folder is None or (owner == "issue" and folder == design):
            continue
        home = _Home(folder, "design" if owner == "design" else "issue")
        rules, wrong = font_face_rules(texts) if owner == "design" else ([], [])
        faults += wrong
        faces = [*home.faces(faults), *home.declared(rules, faults)]
        licences = home.licences(faults)
        for face in faces:
            used = face.is_last_resort or named_in(words, face.families)
            found.append(FoundFace(replace(face, licence=licences.of(face.file, home.fonts)), used))
    raise_together(faults)
    return tuple(found)


def _texts(design: Path) -> dict[Path, str]:
    paths = sorted(path for pattern in ("*.css", "*.html") for path in design.rglob(pattern) if path.is_file())
    return {path: path.read_text(encoding="utf-8-sig", errors="replace") for path in paths}


@dataclass(frozen=True, slots=True)
class _Home:
    """The folder of a design or of an issue."""

    folder: Path
    owner: Owner

    @property
    def fonts(self) -> Path:
        return self.folder.resolve() / FOLDER

    def shown(self, path: Path) -> str:
        """What people call a file in it: of an issue from its folder, of a design from where the design lies."""
        base = self.folder.resolve() if self.owner == "issue" else self.folder.resolve().parent
        return path.relative_to(base).as_posix()

    def faces(self, faults: list[LayoutError]) -> Iterator[OwnFace]:
        """The faces of every font file in ``fonts``."""
        for path in self._files(faults):
            try:
                self._inside(path, self.shown(path))
                for face in faces_in(read_font_file(path, self.shown(path)), self.owner):
                    yield self._named(face)
            except LayoutError as fault:
                faults.append(fault)

    def _files(self, faults: list[LayoutError]) -> list[Path]:
        paths = sorted(path for path in self.fonts.rglob("*") if not path.name.startswith((".", "~")))
        others = [path for path in paths if path.suffix.lower() in _OTHERS]
        faults += [_other_kind(self.shown(path)) for path in others]
        fonts = [path for path in paths if path.suffix.lower() in _FONTS and not path.is_dir()]
        if len(fonts) > FILES:
            faults.append(_too_many(self.shown(self.fonts), len(fonts)))
        return fonts[:FILES]

    def _named(self, face: OwnFace) -> OwnFace:
        """*face* without the names of the program's own; one in the issue stands behind every list, unless it is one of
        a collection, which may hold the shapes of several countries."""
        names = tuple(name for name in face.families if not _is_taken(name))
        if not names:
            raise _taken(face.family, Place(face.name))
        return replace(face, families=names, is_last_resort=self.owner == "issue" and "#" not in face.name)

    def _inside(self, path: Path, name: str) -> None:
        """Raises ``FontError`` where *path* leads out of the folder, or nowhere."""
        try:
            real = path.resolve(strict=True)
        except (OSError, RuntimeError) as error:
            raise FontError(
                Message(f"字体 {name} 是个断了的链接", f"the font {name} is a link that leads nowhere"),
                place=Place(name),
                hint=Message("换成文件本身。", "Put the file itself there."),
            ) from error
        if not real.is_relative_to(self.folder.resolve()):
            raise _outside(name, Place(name), self.owner)

    def declared(self, rules: Sequence[FontFaceRule], faults: list[LayoutError]) -> Iterator[OwnFace]:
        """The faces of the design's ``@font-face`` rules."""
        for rule in rules:
            try:
                yield self._declared(rule)
            except LayoutError as fault:
                faults.append(fault)

    def _declared(self, rule: FontFaceRule) -> OwnFace:
        if _is_taken(rule.family):
            raise _taken(rule.family, rule.place)
        path = rule.folder / rule.address
        if urlsplit(rule.address).scheme or rule.address.startswith("/") or not _is_below(path, self.folder):
            raise _outside(rule.address[:60], rule.place, self.owner)
        if not path.is_file():
            there = [each.relative_to(rule.folder).as_posix() for each in (rule.folder / FOLDER).rglob("*")
                     if each.suffix.lower() in _FONTS]  # fmt: skip
            near = nearest(rule.address, there)
            raise FontError(
                Message(f"没有字体文件 {rule.address}", f"there is no font file {rule.address}"),
                place=rule.place,
                hint=Message(f"是不是 {near}？", f"Did you mean {near}?") if near else meant(rule.address, there),
            )
        real = path.resolve()
        faces = faces_in(read_font_file(real, self.shown(real)), self.owner)
        face = _one_of(faces, rule)
        return replace(
            face,
            families=(rule.family,),
            weights=rule.weights or face.weights,
            italic=face.italic if rule.italic is None else rule.italic,
            ranges=rule.ranges,
        )

    def licences(self, faults: list[LayoutError]) -> LicenceRows:
        """The rows of ``fonts.toml`` beside the fonts, and of the design's own table."""
        rows: dict[str, Licence] = {}
        for found in self._tables(faults):
            rows |= found.rows
            faults += found.faults
        return LicenceRows(rows)

    def _tables(self, faults: list[LayoutError]) -> Iterator[LicenceRows]:
        kind = TemplateError if self.owner == "design" else PlanError
        try:
            toml = read_design_toml(self.folder) if self.owner == "design" else None
            if toml is not None:
                yield licence_rows(toml, self.fonts, kind)
            path = self.fonts / NAME
            if path.is_file():
                self._inside(path, self.shown(path))
                name = self.shown(path) if self.owner == "issue" else str(path)
                yield licence_rows(read_toml(decode(path.read_bytes(), name, kind), name, kind), self.fonts, kind)
        except LayoutError as fault:
            faults.append(fault)


def _is_below(path: Path, folder: Path) -> bool:
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):
        return False


def _is_taken(name: str) -> bool:
    taken = {family.casefold() for family in _shipped()} | set(_GENERIC)
    return name.casefold() in taken


def _shipped() -> Mapping[str, str]:
    return {face.family: face.key for face in Fontbook(assets.fonts_dir()).faces.values()}


def _one_of(faces: Sequence[OwnFace], rule: FontFaceRule) -> OwnFace:
    """The face of a collection that the rule names after a #."""
    if not rule.fragment:
        if len(faces) > 1:
            raise _no_such(rule, faces)
        return faces[0]
    for face in faces:
        if rule.fragment in (str(face.index), face.postscript_name, *face.families):
            return face
    raise _no_such(rule, faces)


def _no_such(rule: FontFaceRule, faces: Sequence[OwnFace]) -> FontError:
    names = [f"{rule.address}#{face.postscript_name}" for face in faces]
    what = Message(
        f"字体集 {rule.address} 里没有 {rule.fragment}", f"the collection {rule.address} has no {rule.fragment}"
    )
    if not rule.fragment:
        what = Message(f"{rule.address} 里有 {len(faces)} 款字体，没有说是哪一款",
                       f"{rule.address} holds {len(faces)} faces, and the rule does not say which")  # fmt: skip
    return FontError(what, place=rule.place, hint=meant(names[0] if not rule.fragment else rule.fragment, names))


def _taken(name: str, place: Place) -> FontError:
    return FontError(
        Message(f"“{name}”已经是程序自带字体或 CSS 的名字", f"“{name}” is a name of the program's own faces or of CSS"),
        place=place,
        hint=Message(
            '另起一个：@font-face { font-family: "本报宋体"; src: url(fonts/…) }',
            'give it another: @font-face { font-family: "Our Song"; src: url(fonts/…) }',
        ),
    )


def _outside(name: str, place: Place, owner: Owner) -> FontError:
    zh, en = ("版式", "design's") if owner == "design" else ("本期", "issue's")
    return FontError(
        Message(f"字体 {name} 不在{zh}文件夹里", f"the font {name} is not in the {en} folder"),
        place=place,
        hint=Message(
            f"把文件本身（不是链接）放进{zh}的 fonts 文件夹",
            f"put the file itself, not a link, into the {en} folder fonts",
        ),
    )


def _other_kind(name: str) -> FontError:
    return FontError(
        Message(f"{name} 这种字体不能用", f"fonts of the kind of {name} cannot be used"),
        place=Place(name),
        hint=Message(
            "能用的有 .ttf .otf .ttc .woff .woff2；在字体软件里另存为 .otf，或把它移出 fonts",
            "use .ttf, .otf, .ttc, .woff or .woff2: save it as .otf in a font editor, or take it out of fonts",
        ),
    )


def _too_many(name: str, count: int) -> FontError:
    return FontError(
        Message(f"{name} 里有 {count} 个字体文件，太多了", f"{name} holds {count} font files: too many"),
        place=Place(name),
        hint=Message(f"只留用到的，至多 {FILES} 个", f"leave those that are used, {FILES} at most"),
    )


def _forbidden(face: OwnFace) -> FontError:
    why = face.forbidden
    assert why is not None
    file = face.file.name
    home = "fonts/fonts.toml" if face.owner == "issue" else "design.toml"
    return FontError(
        Message(
            f"字体 {face.name}（{face.family}）的 fsType 说：{why.zh}；没有授权，不能用来印",
            f"fsType of the font {face.name} ({face.family}) says: {why.en}; without a licence it cannot be printed",
        ),
        place=Place(face.name.partition("#")[0]),
        hint=Message(
            f'有授权就在 {home} 里写明：[[font]] file = "{file}" licence = "…" holder = "…" document = "…"，一项一行',
            f'with a licence, say so in {home}: [[font]] file = "{file}" licence = "…" holder = "…" document = "…"',
        ),
    )
