"""Which faces of a family CSS means by a weight and a style (CSS Fonts 4, 5.2), and what a family has to offer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from layout.face_values import Weights
from layout.fontbook.own_faces import Instance, OwnFace

_NORMAL, _MEDIUM = 400, 500


@dataclass(frozen=True, slots=True)
class OfferedStyles:
    """What there is of a family in one style, upright or slanted."""

    typeface: str
    """The name that people read."""
    weights: tuple[Weights, ...]
    """Lightest first."""
    italic: bool
    """Whether they slant: not always as it was asked for."""

    def has(self, weight: int) -> bool:
        """Whether there is a face of just this weight."""
        return any(each.least <= weight <= each.most for each in self.weights)

    def listed(self) -> tuple[str, ...]:
        """The weights as people write them."""
        return tuple(f"{each.least}" if each.least == each.most else f"{each.least}–{each.most}"
                     for each in self.weights)  # fmt: skip


def offered(faces: Sequence[OwnFace], *, italic: bool) -> OfferedStyles:
    """What the family of *faces* has where slanted or upright type is asked for."""
    pool = _in_style(faces, italic=italic)
    weights = tuple(sorted({face.weights for face in pool}))
    return OfferedStyles(faces[0].family, weights, any(_slants(face, italic=italic) for face in pool))


def chosen(faces: Sequence[OwnFace], weight: int, *, italic: bool) -> tuple[tuple[OwnFace, Instance], ...]:
    """The faces of one family that set type of *weight*, each with the instance of it.

    Several where CSS has several of one weight, each perhaps for some characters: the last that was declared is asked
    first (CSS Fonts 4, 4.5.1).
    """
    pool = _in_style(faces, italic=italic)
    best = min(_distance(face.weights, weight) for face in pool)
    found = [face for face in pool if _distance(face.weights, weight) == best]
    return tuple(
        (face, Instance(face.weights.nearest(weight), _slants(face, italic=italic))) for face in reversed(found)
    )


def _in_style(faces: Sequence[OwnFace], *, italic: bool) -> list[OwnFace]:
    """The faces that have the style; where none has it, the others."""
    found = [face for face in faces if face.italic or _can_slant(face)] if italic else [
        face for face in faces if not face.italic]  # fmt: skip
    return found or list(faces)


def _can_slant(face: OwnFace) -> bool:
    return any(axis.tag in ("ital", "slnt") and axis.least != axis.most for axis in face.axes)


def _slants(face: OwnFace, *, italic: bool) -> bool:
    return face.italic or (italic and _can_slant(face))


def _distance(weights: Weights, wanted: int) -> tuple[int, int]:
    """How far a face is from the *wanted* weight: first on which side it lies, then by how much."""
    above, below = weights.least - wanted, wanted - weights.most
    if above <= 0 and below <= 0:
        return 0, 0
    if _NORMAL <= wanted <= _MEDIUM:
        if above > 0:
            return (1 if weights.least <= _MEDIUM else 3), above
        return 2, below
    if wanted < _NORMAL:
        return (1, below) if below > 0 else (2, above)
    return (1, above) if above > 0 else (2, below)


def by_family(faces: Iterable[OwnFace]) -> dict[str, tuple[OwnFace, ...]]:
    """*faces* by the names that CSS may give them, capitals apart, in the order in which they were declared."""
    found: dict[str, tuple[OwnFace, ...]] = {}
    for face in faces:
        for name in dict.fromkeys(each.casefold() for each in face.families):
            found[name] = (*found.get(name, ()), face)
    return found
