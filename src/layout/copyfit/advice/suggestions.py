"""Suggests changes that would make a page exactly full. Each is tried and reported with its amount, never made.

Copy: the fewest characters to cut, or to add at the end, of one chain or of all that are short. Pictures: a larger file
of one that its pixels keep small; how many rows beyond its limits one would have to go, its crop still within bounds.
Type: the size nearest to the design's that would do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from math import ceil

from layout.copyfit.advice.cuts import counted, cut_from_end, cuts, is_text, most_of
from layout.copyfit.advice.larger_files import larger_files
from layout.copyfit.advice.picture_limits import picture_limits
from layout.copyfit.advice.scaled_type import scaled
from layout.copyfit.advice.unfull_page import UnfullPage, overset_lines, set_anew
from layout.copyfit.scores import Suggestion
from layout.copyfit.search.converge import SettledPage
from layout.copyfit.search.trial import Trial
from layout.errors import Message
from layout.flows import Chain, Flow
from layout.galley import costs
from layout.galley.galley import set_chain
from layout.galley.line_demand import elastic, gives_way
from layout.galley.measures import measure_of
from layout.galley.model import Galley, GalleyLine, TextChain
from layout.galley.pour import overset
from layout.json_values import JsonObject
from layout.manuscript.flow_names import is_given
from layout.manuscript.model import Run
from layout.page.frames import MeasuredPage

SIZE_STEP = 0.25
"""Type is tried larger and smaller in quarters of a point, a point at most; never below ``LEAST_SIZE``."""
SIZE_MOST = 1.0
LEAST_SIZE = 8.0
"""Points: below 六号 (7.875) running text is hard to read (RULES §1)."""
_FILLINGS = 6
"""How often all short chains are filled at once, each time by what the heights of the last leave empty."""
_MORE_ROWS = 3
"""A cut is tried at the lines that have no place, and so many beyond."""
FILLER = "字"


def suggestions(trial: Trial) -> tuple[Suggestion, ...]:
    """What would mend the page of *trial*: for every chain the smallest change of each kind; none where it is full."""
    made, fitting = trial.made, trial.fitting
    case = UnfullPage(fitting, fitting.page, made)
    over = [chain for chain in made.galleys if overset_lines(made, chain) and not is_given(chain.flows[-1])]
    short = [chain for chain in made.galleys if case.holes(made, chain)]
    if made.fit.spare_rows > 0 and not short:
        # A page with nothing in its bands but pictures has no chain that more copy could fill.
        short = sorted(_elastic_chains(fitting.page), key=lambda chain: (_empty(case, chain), chain))[-1:]
    if not over and not short:
        return ()
    case = replace(case, page=fitting.sized(made.fit))
    found = [suggestion for chain in over for suggestion in _for_overset(case, chain, overset(made.galleys[chain]))]
    found += [suggestion for chain in short for suggestion in _for_underset(case, chain)]
    return tuple(found)


def _elastic_chains(page: MeasuredPage) -> list[Chain]:
    return [chain for chain, frames in page.chains().items() if any(elastic(frame) for frame in frames)]


def _for_overset(case: UnfullPage, chain: Chain, lines: Sequence[GalleyLine]) -> Iterator[Suggestion]:
    galley = case.made.galleys[chain]
    found = list(islice(cuts(case.made.chains[chain], galley, lambda cut: _setting(case, cut, galley)), 1))
    yield from found or islice(_cuts_beside(case, chain, len(lines)), 1)
    yield from islice(picture_limits(case, chain, len(lines), -1), 1)
    yield from islice(_sizes(case, chain, -1), 1)


def _cuts_beside(case: UnfullPage, chain: Chain, lines: int) -> Iterator[Suggestion]:
    """Cuts of other running text of the page that give *chain*, of which nothing can be cut, the room it lacks."""
    chains = case.fitting.page.chains()
    others = [other for other in case.made.chains if other != chain and gives_way(chains[other])]
    for other in sorted(others, key=lambda each: (-most_of(case.made.chains[each]), each)):
        per_line, most = _per_line(case, other), most_of(case.made.chains[other])
        for number in range(max(1, lines - costs.TOLERATED), lines + _MORE_ROWS + 1):
            cut = cut_from_end(case.made.chains[other], number * per_line) if number * per_line <= most else None
            if cut and case.mended(chain, set_anew(case.fitting, {**case.made.chains, other: cut[0]})):
                yield replace(cut[1], chain=chain)
                break


def _for_underset(case: UnfullPage, chain: Chain) -> Iterator[Suggestion]:
    yield from islice(_additions(case, chain), 1)
    yield from islice(larger_files(case, chain), 1)
    yield from islice(picture_limits(case, chain, _empty(case, chain), 1), 1)
    yield from islice(_sizes(case, chain, 1), 1)


def _empty(case: UnfullPage, chain: Chain) -> int:
    """Lines that the chain would need more of: at its own end, and for the rows left at the page's foot."""
    galley = case.made.galleys[chain]
    columns = sum(1 for frame in case.page.chains()[chain] if elastic(frame))
    return max(0, len(galley.slots) - galley.used) + ceil(max(0.0, case.made.fit.spare_rows)) * columns


def _setting(case: UnfullPage, chain: TextChain, galley: Galley) -> Galley:
    """*chain* in the slots that *galley* has."""
    return set_chain(chain, galley.slots, case.fitting.setter, case.page.chains()[chain.name][0].box.width)


def _additions(case: UnfullPage, chain: Chain) -> Iterator[Suggestion]:
    """Characters to be added at the chain's end so that the page is full.

    Bands side by side share a height: what fills one chain may leave more empty in another, and would be refused for
    it. Then every chain that is short is filled at once, and each is told with the others.
    """
    own, missing, per_line = case.made.chains[chain], _empty(case, chain), _per_line(case, chain)
    least = max(1, missing - costs.TOLERATED - 1)
    if missing * per_line > _most_added(own):
        return
    for lines in sorted(range(least, missing + 4), key=lambda lines: (abs(lines - missing), lines)):
        longer = _lengthened(own, lines * per_line)
        if longer is not None and case.mended(chain, set_anew(case.fitting, {**case.made.chains, chain: longer[0]})):
            yield _addition(chain, {longer[1]: (lines * per_line, lines)}, longer[1])
            return
    yield from _together(case, chain)


def _together(case: UnfullPage, chain: Chain) -> Iterator[Suggestion]:
    """Characters to be added at the ends of all chains that are short, this one first.

    With more copy the page comes to other heights: what they leave empty is filled too, what they are short of taken
    back.
    """
    short = [chain, *(name for name in case.made.galleys if name != chain and case.holes(case.made, name))]
    wanted = {name: _empty(case, name) for name in short}
    for _ in range(_FILLINGS) if len(short) > 1 else ():
        filled, added = {}, {}
        for name, lines in wanted.items():
            count = max(1, lines) * _per_line(case, name)
            if count > _most_added(case.made.chains[name]):
                return
            longer = _lengthened(case.made.chains[name], count)
            if longer is None:
                return
            filled[name], added[longer[1]] = longer[0], (count, max(1, lines))
        made = set_anew(case.fitting, {**case.made.chains, **filled})
        if made is None or case.mended(chain, made):
            yield from [] if made is None else [_addition(chain, added, next(iter(added)))]
            return
        wanted = {name: lines + _wanting(made, name) for name, lines in wanted.items()}


def _most_added(chain: TextChain) -> int:
    """How many characters one may be told to add: nobody writes a story twice as long to fill a page."""
    return sum(counted(paragraph.text) for _, _, paragraph in chain.items())


def _wanting(made: SettledPage, chain: Chain) -> int:
    """Lines that the chain leaves empty at its end; negative: that have no place."""
    galley = made.galleys[chain]
    return len(galley.slots) - galley.used


def _per_line(case: UnfullPage, chain: Chain) -> int:
    frame = case.page.chains()[chain][-1]
    return max(1, int(measure_of(frame.type, frame.box.width)))


def _addition(chain: Chain, added: Mapping[Flow, tuple[int, int]], text: Flow) -> Suggestion:
    """*added*: characters and lines by the text they are added to, *text* among them."""
    zh = [f"在 {name} 增写约 {count} 字（{lines} 行）" for name, (count, lines) in added.items()]
    en = [f"some {count} characters ({lines} lines) to {name}" for name, (count, lines) in added.items()]
    amount: JsonObject = {"add": added[text][0], "lines": added[text][1], "text": str(text)}
    others = {str(name): count for name, (count, _) in added.items() if name != text}
    if others:
        amount["with"] = others
    return Suggestion(chain, Message("，同时".join(zh), f"add {' and '.join(en)}"), "editor", amount)


def _lengthened(chain: TextChain, count: int) -> tuple[TextChain, Flow] | None:
    """*chain* with *count* characters more in its last paragraph that may be changed, and whose it is; or None."""
    places = [(flow, number) for flow, number, each in chain.items() if is_text(each) and not each.firm]
    if not places:
        return None
    flow, last = places[-1]
    texts = []
    for place, text in enumerate(chain.texts):
        own = list(text.paragraphs)
        if text.flow == flow:
            last -= 0 if place else chain.begins
            own[last] = replace(own[last], runs=(*own[last].runs, Run(FILLER * count, own[last].place)))
        texts.append(replace(text, paragraphs=tuple(own)))
    return replace(chain, texts=tuple(texts)), flow


def _sizes(case: UnfullPage, chain: Chain, way: int) -> Iterator[Suggestion]:
    """The size of running text nearest to the design's that would do."""
    own = case.made.chains[chain]
    for number in range(1, round(SIZE_MOST / SIZE_STEP) + 1):
        size = own.type.size + way * number * SIZE_STEP
        if size < LEAST_SIZE or size > own.type.leading / 1.2:
            return
        other = replace(own, type=scaled(own.type, size / own.type.size), tracking={})
        if case.mended(chain, set_anew(case.fitting, {**case.made.chains, chain: other})):
            name = own.texts[-1].flow
            yield Suggestion(
                chain,
                Message(f"{name} 用 {size:g} pt 字", f"set {name} in {size:g} pt"),
                "designer",
                {"size": size, "text": str(name)},
            )
            return
