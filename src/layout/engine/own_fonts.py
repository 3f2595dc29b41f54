"""Shows fontconfig the own faces of a build, each under a name of its own, and no other font of anybody's.

The files are those that ``fontbook.prepared_faces`` made. A face's own name decides what is painted; the names that
CSS gives it are added behind, for the words and lengths (``ch``, ``ex``) that WeasyPrint sets by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element, SubElement, tostring

from weasyprint.text.constants import FONTCONFIG_WEIGHT
from weasyprint.text.ffi import ffi, fontconfig, pangoft2
from weasyprint.text.fonts import FontConfiguration

from layout.errors import FontError, Message, Place
from layout.fontbook import Face

_HEADER = b'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'


class OwnFontConfiguration(FontConfiguration):  # type: ignore[misc]  # WeasyPrint is untyped
    """A font configuration that has the program's faces and those that ``show`` was given."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: set[str] = set()

    def add_font_face(self, rule_descriptors: Mapping[str, object], url_fetcher: object) -> None:
        """Nothing: ``@font-face`` is read by ``design.font_faces``, not by WeasyPrint."""

    def show(self, faces: Iterable[Face], *, by_css_names: bool) -> None:
        """Adds own *faces* that are not there yet; *by_css_names*: under the names that CSS gives them as well.

        Raises ``FontError`` for a font that FreeType does not open.
        """
        new = {face.registered: face for face in faces if face.registered and face.registered not in self._shown}
        for face in new.values():
            self._add(face, by_css_names=by_css_names)
            self._shown.add(face.registered)
        if new:
            pangoft2.pango_fc_font_map_config_changed(ffi.cast("PangoFcFontMap *", self.font_map))

    def _add(self, face: Face, *, by_css_names: bool) -> None:
        if by_css_names:
            fontconfig.FcConfigParseAndLoadFromMemory(self._config, _HEADER + tostring(_rule(face)), True)
        if not fontconfig.FcConfigAppFontAddFile(self._config, str(face.path).encode()):
            raise FontError(
                Message(f"字体 {face.source} 用不了：排版引擎打不开", f"the engine cannot open the font {face.source}"),
                place=Place(face.source),
                hint=Message("在字体软件里打开，另存为 .otf 或 .ttf", "save it again as .otf or .ttf in a font editor"),
            )


def _rule(face: Face) -> Element:
    """Fontconfig's rule that gives the file of *face* its CSS names, weight and slant."""
    root = Element("fontconfig")
    match = SubElement(root, "match", target="scan")
    test = SubElement(match, "test", name="file", compare="eq")
    SubElement(test, "string").text = face.path.as_posix()
    for name in face.aliases:
        # Behind the face's own name: Pango tells faces apart by the first.
        edit = SubElement(match, "edit", name="family", mode="append_last", binding="strong")
        SubElement(edit, "string").text = name
    weight = min(max(round(face.weight / 100) * 100, 100), 900)
    edit = SubElement(match, "edit", name="weight", mode="assign_replace")
    SubElement(edit, "int").text = str(FONTCONFIG_WEIGHT[weight])
    edit = SubElement(match, "edit", name="slant", mode="assign_replace")
    SubElement(edit, "const").text = "italic" if face.italic else "roman"
    return root
