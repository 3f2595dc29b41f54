"""What every page's style begins with, before the design's own style sheets."""

# A design may say otherwise. Bands, columns, stacks and rows hold their floats, or their height would not be theirs to
# give.
# Strong words are in 黑体, headings of the second level too; block quotations and boxes in 楷体.
_GROUND = (
    "[data-band],[data-column],:where([data-stack],[data-row]){display:flow-root}"
    # A float without height is put at the page's edge, where nothing shows whose column it is.
    ":where([data-flow]){min-height:1px}"
    # WeasyPrint puts what follows a flow root of floats where the root begins, if nothing in it clears them.
    '[data-band]::after,[data-column]::after,:where([data-stack],[data-row])::after{content:"";display:block;clear:both}'
    # What HTML makes bold or slanted by itself says nothing of a frame's face.
    ":where(h1,h2,h3,h4,h5,h6,th,b,strong,dt){font-weight:inherit}:where(i,em,cite,dfn,var,address){font-style:inherit}"
    '[data-role=strong]{font-family:"Hei 500","Song 400"}[data-kind=quote]{font-family:"Kai 400","Song 400"}'
    '[data-kind=subheading],[data-kind=box-title]{font-family:"Hei 500","Song 400";text-align:start;'
    '--rows:1;--break:sense;--max-lines:3}[data-kind=box]{font-family:"Kai 400","Song 400"}'
    # Footnotes: smaller, and parted by a rule from what they stand below.
    ":where([data-kind=footnote]){font-size:.85em;border-top:.3pt solid}"
    # A table that the design says nothing of: three rules, words at the left, figures at the right, and no grid.
    # As specific as a design's own “td { … }” and no more, so that this gives way to it, but not to “* { … }”.
    "table:where([data-table]){width:100%;margin:.5em 0;border:0 solid;text-indent:0;text-align:start;"
    "border-top:.5pt solid;border-bottom:.5pt solid}"
    ":is(thead,tbody,tr,th,td):where([data-table] *){border:0 solid;vertical-align:top}"
    "thead:where([data-table] *){border-bottom:.3pt solid}:is(th,td):where([data-table] *){padding:0 .5em}"
    ":is(th,td):where([data-table] :first-child){padding-left:0}"
    ":is(th,td):where([data-table] :last-child){padding-right:0}"
    ":is(th,td):where([data-table] [data-figures]){text-align:right}th:where([data-table] [colspan]){text-align:center}"
    "caption:where([data-table] *){text-align:center}"
)


def ground_style(bleed: float) -> str:
    """The style sheet, for a press that cuts *bleed* points off every side: so far a page's background runs on.

    A design may say otherwise by ``@page { bleed: … }``; what is beyond the press's bleed is not painted.
    """
    return f"{_GROUND}@page{{bleed:{bleed:.4f}pt}}" if bleed else _GROUND
