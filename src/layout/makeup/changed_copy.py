"""How many characters are written or cut where a story is to have so many lines more or fewer."""

from __future__ import annotations

from layout.galley.galley import set_chain
from layout.makeup.shape_measures import Sample
from layout.makeup.story_copy import StoryCopy


def changed_characters(sample: Sample, story: StoryCopy, lines: int) -> int:
    """The characters to add to *story*, or to cut from its end, for so many *lines* more, or fewer, down the columns of
    *sample*: the last line then is half full, so that some characters too many or too few do not matter. Figures and
    letters are narrower than characters; the story is taken to go on with as many of them as it has.
    """
    if sample.body is None or not lines:
        return 0
    measure = sample.text_columns[0].width
    galley = set_chain(story.chain(sample.body), (), story.setter, measure)
    own = [each.line for each in galley.lines if each.drop is None and not each.in_table]
    ems = measure / sample.body.size
    if not own:
        return round(abs(lines) * ems)
    if lines < 0:
        cut, left = own[lines:], own[: max(0, len(own) + lines)]
        return sum(len(each.text) for each in cut) + (len(left[-1].text) // 2 if left else 0)
    dense = sum(len(each.text) for each in own) / max(1.0, sum(each.width for each in own))
    return round((ems - own[-1].width + (lines - 0.5) * ems) * min(dense, 2.0))
