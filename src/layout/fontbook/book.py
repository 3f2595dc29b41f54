"""The faces of a build: which characters each has, and how wide they are. No other font is used.

There are the program's, which ``fonts/FONTS.toml`` names, and those that the design and the issue bring. Fontconfig,
which Pango asks, is shown the same and nothing else; see ``engine.patches.font_isolation`` and ``engine.own_fonts``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from layout.errors import LISTED, FontError, Hint, Message, meant
from layout.face_values import Weights
from layout.fontbook.clusters import Cluster, InkExtent
from layout.fontbook.description_sequences import pieces_and_sequences
from layout.fontbook.face import Face, read_faces
from layout.fontbook.families import OfferedStyles, by_family, chosen, offered
from layout.fontbook.own_faces import FaceMaker, Instance, OwnFace
from layout.fontbook.shaping import JOINERS, clings, is_complete, is_selector, shape_run, shaping_pieces
from layout.fontbook.western_quotes import western_quotes
from layout.painted import BuildFace

_NORMAL_WEIGHT, _MEDIUM_WEIGHT = 400, 500


class NoGlyphError(FontError):
    """No face of the list has this character."""

    def __init__(self, character: str, faces: Sequence[str]):
        self.character = character
        self.faces = tuple(faces)
        name = unicodedata.name(character, "?")
        code = f"U+{ord(character):04X}"
        super().__init__(
            Message(
                f"字库里没有“{character}”（{code}，{name}），查过的字体：{'、'.join(faces)}",
                f"no face has “{character}” ({code}, {name}); looked in: {', '.join(faces)}",
            ),
            hint=Hint(
                editor=Message("核对原稿是不是这个字", "check it against the original"),
                designer=Message(
                    "在版式里接一款收有此字的字体（song-400 收字最多），或放一款进 fonts（docs/fonts.md）",
                    "add a face that has it to the design (song-400 has most), or put one into fonts (docs/fonts.md)",
                ),
            ),
        )


class Fontbook:
    """Every face, by key ("song-400") and by CSS family ("Song 400"). Gives the composer its metrics."""

    def __init__(self, folder: Path, own: Sequence[OwnFace] = (), prepare: FaceMaker | None = None):
        """The program's faces in *folder* and *own* ones, which *prepare* makes ready to be set.

        Raises ``FontError`` where one of them cannot be used.
        """
        self.folder = folder
        self.faces = {face.key: face for face in read_faces(folder)}
        self._by_family = {face.family: face for face in self.faces.values()}
        self._single: dict[tuple[tuple[str, ...], str, bool], Cluster] = {}
        self._own, self._maker = by_family(own), prepare
        self.last_resort = tuple(dict.fromkeys(face.family for face in own if face.is_last_resort))
        """The families that stand behind those of every list: what the issue brings for characters that the design's
        have not."""
        self.standing = tuple(
            self.prepared(face, Instance(face.weights.nearest(_NORMAL_WEIGHT), face.italic)) for face in own
        )
        """Every own face once, variable ones at their normal weight, whatever the pages then ask for."""

    def face_of(self, family: str) -> Face:
        """The program's face of a CSS family name. Raises ``FontError`` with the nearest name for one that does not
        exist."""
        if family in self._by_family:
            return self._by_family[family]
        own = dict.fromkeys(each.family for faces in self._own.values() for each in faces)
        hint = meant(family, [*own, *self._by_family])
        if len(own) + len(self._by_family) > LISTED:  # those most like it are named
            hint = Message(f"{hint.zh}layout fonts 列出全部。", f"{hint.en} layout fonts lists all of them.")
        raise FontError(Message(f"没有名为“{family}”的字体", f"there is no font named “{family}”"), hint=hint)

    def chosen(self, family: str, weight: int, *, italic: bool = False) -> tuple[Face, ...]:
        """The faces that CSS means by a family, a weight and a style, in the order in which they are asked for a
        character; of the program's families there is always one.

        Raises ``FontError`` for a family that does not exist, and for an own face that cannot be used.
        """
        own = self._own.get(family.casefold())
        if own is None:
            return (self.of_weight(self.face_of(family), weight),)
        return tuple(self.prepared(face, instance) for face, instance in chosen(own, weight, italic=italic))

    def list_of(self, families: Sequence[str], weight: int, *, italic: bool = False) -> tuple[Face, ...]:
        """The faces that are asked for a character, in their order: those of *families*, then those of last resort.

        Raises as ``chosen``.
        """
        found = (self.chosen(family, weight, italic=italic) for family in (*families, *self.last_resort))
        return tuple(dict.fromkeys(face for faces in found for face in faces))

    def offered(self, family: str, *, italic: bool = False) -> OfferedStyles | None:
        """What there is of a family, upright or slanted; None of one that does not exist."""
        if own := self._own.get(family.casefold()):
            return offered(own, italic=italic)
        face = self._by_family.get(family)
        if face is None:
            return None
        weights = tuple(Weights(weight, weight) for weight in self.weights_of(face))
        return OfferedStyles(face.typeface, weights, italic=False)

    def known(self, used: Iterable[str]) -> tuple[BuildFace, ...]:
        """Every face that is there before a page asks for one, and those that a page *used* (keys), by value.

        It depends on the page alone, not on what this process made before.
        """
        asked = (self.faces[key] for key in sorted(used) if key in self.faces)
        return tuple(face.known() for face in dict.fromkeys((*self._by_family.values(), *self.standing, *asked)))

    def prepared(self, own: OwnFace, instance: Instance) -> Face:
        """An own face at one weight, ready to be set. Raises ``FontError`` for one that cannot be used."""
        assert self._maker is not None, "own faces and nobody to prepare them"
        made = self._maker(own, instance)
        key = f"{made.registered}{''.join(f'-{each.first:x}-{each.last:x}' for each in own.ranges)}"
        if key not in self.faces:
            style = f"_{instance.weight}wght{'_italic' if instance.italic else ''}" if own.is_variable else ""
            self.faces[key] = Face(
                key, own.family, own.postscript_name + style, made.path, instance.weight, instance.italic, own.name,
                made.registered, own.families, own.ranges, own.digest,
            )  # fmt: skip
        return self.faces[key]

    def weights_of(self, face: Face) -> tuple[int, ...]:
        """The weights that there are of the typeface of *face*, lightest first."""
        return tuple(sorted(each.weight for each in self._by_family.values() if each.typeface == face.typeface))

    def of_weight(self, face: Face, weight: int) -> Face:
        """The face of the same typeface whose weight comes nearest to *weight*, as CSS chooses it (CSS Fonts 4, 5.2).

        400 is what every element has where nothing is said: it leaves the face that the family names.
        """
        if weight == _NORMAL_WEIGHT:
            return face
        found = min(self.weights_of(face), key=lambda each: _distance(each, weight))
        return next(each for each in self._by_family.values() if (each.typeface, each.weight) == (face.typeface, found))

    def clusters(self, faces: Sequence[str], text: str, *, vertical: bool = False) -> list[Cluster]:
        """*text* shaped with the first of *faces* (keys) that covers each character; see ``composer.model.Metrics``."""
        chosen = tuple(faces)
        out: list[Cluster] = []
        start = 0
        for offset in () if vertical else sorted(western_quotes(text)):
            out += self._clusters(chosen, text[start:offset], vertical)
            out += shape_run(self._first_with(chosen, text[offset]), text[offset], vertical, proportional=True)
            start = offset + 1
        return out + self._clusters(chosen, text[start:], vertical)

    def _clusters(self, chosen: tuple[str, ...], text: str, vertical: bool) -> list[Cluster]:
        out: list[Cluster] = []
        for piece, is_sequence in pieces_and_sequences(text):
            one = self._composed(chosen, piece, vertical) if is_sequence else None
            out += self._plain_clusters(chosen, piece, vertical) if one is None else [one]
        return out

    def _composed(self, faces: tuple[str, ...], sequence: str, vertical: bool) -> Cluster | None:
        """A description sequence as one character, of the first face that has it as one; None where none has."""
        for key in faces:
            made = list(shape_run(self.faces[key], sequence, vertical))
            if len(made) == 1 and len(made[0].glyphs) == 1 and is_complete(made[0]):
                return made[0]
        return None

    def _plain_clusters(self, chosen: tuple[str, ...], text: str, vertical: bool) -> list[Cluster]:
        out: list[Cluster] = []
        for piece, alone in shaping_pieces(text):
            if alone:
                key = (chosen, piece, vertical)
                cluster = self._single.get(key)
                if cluster is None:
                    cluster = self._single[key] = self._shape(chosen, piece, vertical)[0]
                out.append(cluster)
            else:
                out.extend(self._shape(chosen, piece, vertical))
        return out

    def ink(self, cluster: Cluster) -> InkExtent | None:
        """What the ink of a shaped cluster fills, from its pen on; nothing where it has none."""
        inks, pen = [], 0.0
        for glyph in cluster.glyphs:
            ink = self.faces[cluster.face].ink(glyph.number)
            if ink is not None:
                x, y = pen + glyph.dx, glyph.dy
                inks.append(InkExtent(ink.left + x, ink.bottom + y, ink.right + x, ink.top + y))
            pen += glyph.advance
        if not inks:
            return None
        return InkExtent(
            min(each.left for each in inks), min(each.bottom for each in inks),
            max(each.right for each in inks), max(each.top for each in inks),
        )  # fmt: skip

    def lacking(self, faces: Sequence[str], text: str) -> list[NoGlyphError]:
        """A fault for each character of *text* that none of *faces* has, once, in order."""
        sought = (piece for piece, whole in pieces_and_sequences(text)
                  if not (whole and self._composed(tuple(faces), piece, vertical=False)))  # fmt: skip
        missing = [each for each in dict.fromkeys("".join(sought)) if not self._has(faces, each)]
        return [NoGlyphError(each, self._titles(faces)) for each in missing]

    def _titles(self, faces: Sequence[str]) -> list[str]:
        return [self.faces[key].title for key in faces]

    def _has(self, faces: Sequence[str], character: str) -> bool:
        free = character in JOINERS or character.isspace() or clings(character)
        return free or any(self.faces[key].has(character) for key in faces)

    def _shape(self, faces: tuple[str, ...], text: str, vertical: bool) -> list[Cluster]:
        out: list[Cluster] = []
        for face, run in self._by_coverage(faces, text, vertical):
            for cluster in shape_run(face, run, vertical):
                out += [cluster] if is_complete(cluster) else self._from_whole_face(faces, cluster, vertical)
        return out

    def _from_whole_face(self, faces: tuple[str, ...], cluster: Cluster, vertical: bool) -> list[Cluster]:
        """The cluster from a face that has its combining marks too; the one that has its base lacks them."""
        for key in faces:
            made = list(shape_run(self.faces[key], cluster.text, vertical))
            if all(map(is_complete, made)):
                return made
        marks = [mark for mark in cluster.text[1:] if not is_selector(mark) and mark not in JOINERS] or [cluster.text]
        lacking = (mark for mark in marks if not any(self.faces[key].has(mark) for key in faces))
        raise NoGlyphError(next(lacking, marks[-1])[0], self._titles(faces))

    def _by_coverage(self, faces: tuple[str, ...], text: str, vertical: bool) -> Iterator[tuple[Face, str]]:
        """Runs of *text* that one face covers; a mark or selector stays with the character before it."""
        current: Face | None = None
        run = ""
        for character in text:
            if current is not None and clings(character):
                run += character
                continue
            face = self._first_with(faces, character, vertical)
            if current is not None and face is not current:
                yield current, run
                run = ""
            current, run = face, run + character
        if current is not None:
            yield current, run

    def _first_with(self, faces: tuple[str, ...], character: str, vertical: bool = False) -> Face:
        if character in JOINERS or character.isspace():  # an own face of a few 自造字 may have no blank
            return next((self.faces[key] for key in faces if self.faces[key].has(" ")), self.faces[faces[0]])
        found = [self.faces[key] for key in faces if self.faces[key].has(character)]
        if found:
            return next((face for face in found if face.suits(character, vertical=vertical)), found[0])
        raise NoGlyphError(character, self._titles(faces))


def _distance(weight: int, wanted: int) -> tuple[int, int]:
    """How far *weight* is from *wanted*: of bold ones first the heavier, of light ones first the lighter."""
    on_the_side = weight <= wanted if wanted <= _MEDIUM_WEIGHT else weight >= wanted
    return (0 if on_the_side else 1), abs(weight - wanted)
