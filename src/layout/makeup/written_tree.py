"""An arrangement that is written down: it keeps its tree, while heights and the rows of pictures move with the copy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from layout.errors import Message, Place, PlanError, meant
from layout.makeup.arrangement import Above, Arrangement, Beside, Piece, columns, pieces
from layout.makeup.candidates import Candidate, Option, candidates_of, side_by_side, stacked
from layout.makeup.height_tables import ArrangementSpace, Fixed

_KEPT = 4
"""Candidates of each part at each height."""

ByHeight = Mapping[int, Sequence[Candidate]]


def check_tree(
    tree: Arrangement, options: Mapping[str, Sequence[Option]], must: Sequence[str], wide: int, place: Place
) -> None:
    """Raises ``PlanError`` for a story that is not on the page or stands twice, one of *must* that does not stand, a
    shape that its story cannot take, and parts that do not come to *wide* basic columns.
    """
    _check_columns(tree, wide, place)
    names = [piece.id for piece in pieces(tree)]
    for piece in pieces(tree):
        if piece.id not in options:
            raise PlanError(
                Message(f"组版方案里的 {piece.id} 不在这一版", f"{piece.id} of the arrangement is not on this page"),
                place=place, hint=meant(piece.id, sorted(options)),
            )  # fmt: skip
        if names.count(piece.id) > 1:
            raise PlanError(
                Message(f"组版方案里 {piece.id} 写了两次", f"{piece.id} stands twice in the arrangement"), place=place
            )
        if not any(option.piece == piece for option in options[piece.id]):
            there = sorted({f"{each.piece.columns} {each.piece.shape}" for each in options[piece.id]})
            raise PlanError(
                Message(f"{piece.id} 不能这样站：{piece}", f"{piece.id} cannot stand so: {piece}"),
                place=place, hint=meant(f"{piece.columns} {piece.shape}", there),
            )  # fmt: skip

    for name in must:
        if name not in names:
            raise PlanError(Message(f"组版方案里没有 {name}", f"the arrangement is without {name}"), place=place)


def check_fixed(tree: Arrangement, fixed: Fixed, ids: Sequence[str], place: Place) -> None:
    """Raises ``PlanError`` where one of *ids*, the stories by their numbers, does not stand where *fixed* has it."""
    for number, name in enumerate(ids):
        if not _keeps(tree, fixed.of(number), ids):
            raise PlanError(
                Message(
                    f"{name} 不在它的钉（pin）或留位（reserve）定的地方",
                    f"{name} does not stand where its pin or its reserve has it",
                ),
                place=place,
            )


def _keeps(tree: Arrangement, fixed: Fixed, ids: Sequence[str]) -> bool:
    """Whether no cut of *tree* parts its stories otherwise than *fixed* lets it."""
    if isinstance(tree, Piece):
        return True
    parts = [sum(1 << ids.index(piece.id) for piece in pieces(part)) for part in tree.parts]
    may = fixed.above if isinstance(tree, Above) else fixed.side_by_side
    cuts = all(may(sum(parts[:cut]), sum(parts[cut:])) for cut in range(1, len(parts)))
    return cuts and all(_keeps(part, fixed, ids) for part in tree.parts)


def _check_columns(tree: Arrangement, wide: int, place: Place) -> None:
    if (own := columns(tree)) != wide:
        name = next(pieces(tree)).id
        raise PlanError(
            Message(f"{name} 这一块 {own} 栏，该是 {wide} 栏", f"the part of {name} has {own} columns, not {wide}"),
            place=place,
        )
    if isinstance(tree, Above):
        for part in tree.parts:
            _check_columns(part, wide, place)
    elif isinstance(tree, Beside):
        for part in tree.parts:
            _check_columns(part, columns(part), place)


def heights_of(tree: Arrangement, options: Mapping[str, Sequence[Option]], space: ArrangementSpace) -> ByHeight:
    """The heights that *tree* can have, each with its cheapest candidates."""
    if isinstance(tree, Piece):
        own = [option for option in options[tree.id] if option.piece == tree]
        found: dict[int, list[Candidate]] = {}
        for option in own:
            for height in option.heights:
                found.setdefault(height, []).extend(candidates_of(option, height))
        return _cheapest(found)
    *others, last = tree.parts
    made = heights_of(last, options, space)
    for part in reversed(others):  # as the search joins them: the tree comes out in the words that it is written in
        made = _cheapest(_joined(heights_of(part, options, space), made, space, above=isinstance(tree, Above)))
    return made


def _joined(one: ByHeight, other: ByHeight, space: ArrangementSpace, *, above: bool) -> dict[int, list[Candidate]]:
    found: dict[int, list[Candidate]] = {}
    for height, joint in _pairs(one, other, space, above=above):
        found.setdefault(height, []).append(joint)
    return found


def _pairs(one: ByHeight, other: ByHeight, space: ArrangementSpace, *, above: bool) -> Iterator[tuple[int, Candidate]]:
    for height, upper in one.items():
        if not above:
            for joint in side_by_side(upper, other.get(height, ())):
                yield height, joint
            continue
        for own, lower in other.items():
            total = height + space.air + own
            if total <= 2 * space.rows:
                for joint in stacked(upper, lower, height + space.air):
                    yield total, joint


def _cheapest(found: Mapping[int, list[Candidate]]) -> ByHeight:
    return {
        height: tuple(sorted(own, key=lambda each: (each.cost, each.words))[:_KEPT]) for height, own in found.items()
    }
