"""The tree of a file's pages: whether it counts them rightly, and the file with its pages counted anew."""

from __future__ import annotations

import io

import pikepdf

from layout.preflight.objects import PdfValue, array, get, key, whole

MAX_NODES = 10_000
"""Of a tree of pages; a file of ten thousand pages has a thousand."""


def miscounted(root: PdfValue) -> bool:
    """Whether a node of the tree of pages counts more or fewer pages than there are under it."""
    nodes = [root]
    for at, node in enumerate(nodes):  # from the root outwards: the list grows as it is walked
        if at >= MAX_NODES:
            return False
        nodes += [each for each in array(get(node, "Kids")) if get(each, "Kids") is not None]
    under: dict[tuple[int, int] | None, int] = {}
    wrong = False
    for node in reversed(nodes):
        kids = array(get(node, "Kids"))
        under[key(node)] = sum(under.get(key(each), 0) if get(each, "Kids") is not None else 1 for each in kids)
        wrong |= whole(get(node, "Count")) != under[key(node)]
    return wrong


def mended(pdf: pikepdf.Pdf) -> bytes:
    """The file as qpdf writes it, its pages in one list that is counted anew."""
    written = io.BytesIO()
    pdf.save(written)
    with pikepdf.open(written) as copy:
        # Whatever adds a page makes one list of the tree.
        copy.pages.append(copy.pages[0])
        del copy.pages[-1]
        out = io.BytesIO()
        copy.save(out)
    return out.getvalue()
