"""One value for every property of CSS that WeasyPrint knows or passes over: what it is tried with."""

SAMPLES = {
    "1pt": (
        "margin margin-top margin-right margin-bottom margin-left margin-block margin-inline "
        "margin-block-start margin-block-end margin-inline-start margin-inline-end padding padding-top "
        "padding-right padding-bottom padding-left padding-block padding-inline padding-block-start "
        "padding-block-end padding-inline-start padding-inline-end top right bottom left inset inset-block "
        "inset-inline inset-block-start inset-block-end inset-inline-start inset-inline-end gap row-gap "
        "column-gap grid-gap grid-row-gap grid-column-gap border-top-width border-right-width "
        "border-bottom-width border-left-width border-block-start-width border-block-end-width "
        "border-inline-start-width border-inline-end-width border-width border-block-width "
        "border-inline-width outline-width outline-offset column-rule-width border-radius "
        "border-top-left-radius border-top-right-radius border-bottom-left-radius border-bottom-right-radius "
        "border-start-start-radius border-start-end-radius border-end-start-radius border-end-end-radius "
        "border-spacing letter-spacing text-indent text-underline-offset text-decoration-thickness "
        "word-spacing bleed bleed-top bleed-right bleed-bottom bleed-left stroke-width hyphenate-limit-zone "
        "border-image-width border-image-outset mask-border-width mask-border-outset shape-margin "
        "background-position-x background-position-y perspective"
    ),
    "9pt": (
        "width height min-width min-height max-width max-height block-size inline-size min-block-size "
        "min-inline-size max-block-size max-inline-size flex-basis line-height"
    ),
    "8pt": "font-size",
    "black": (
        "color background background-color border-color border-top-color border-right-color "
        "border-bottom-color border-left-color border-block-color border-inline-color "
        "border-block-start-color border-block-end-color border-inline-start-color border-inline-end-color "
        "outline-color column-rule-color text-decoration-color fill stroke stop-color text-emphasis-color "
        "caret-color scrollbar-color"
    ),
    "dashed": (
        "border-style border-top-style border-right-style border-bottom-style border-left-style "
        "border-block-style border-inline-style border-block-start-style border-block-end-style "
        "border-inline-start-style border-inline-end-style outline-style column-rule-style"
    ),
    "1pt solid black": (
        "border border-top border-right border-bottom border-left border-block border-inline "
        "border-block-start border-block-end border-inline-start border-inline-end outline column-rule"
    ),
    "linear-gradient(black, white)": (
        "background-image border-image-source mask-border-source border-image mask-border"
    ),
    "2": (
        "order flex-grow flex-shrink flex max-lines line-clamp column-count columns bookmark-level "
        "grid-row-start grid-row-end grid-column-start grid-column-end grid-row grid-column grid-area "
        "tab-size initial-letter zoom aspect-ratio volume stress richness"
    ),
    "3": "widows orphans",
    "0.5": "opacity shape-image-threshold",
    "circle()": "shape-outside",
    "first last": "hanging-punctuation",
    "-1": "z-index",
    "30%": "border-image-slice mask-border-slice background-size",
    "round": "border-image-repeat mask-border-repeat",
    "luminance": "mask-border-mode",
    "center": (
        "align-content align-items align-self justify-content justify-items justify-self background-position "
        "object-position text-align text-align-all"
    ),
    "end": "text-align-last place-content place-items place-self wrap-flow",
    "border-box": "box-sizing",
    "content-box": "background-clip background-origin",
    "no-repeat": "background-repeat",
    "local": "background-attachment",
    "1pt 1pt 2pt black": "box-shadow text-shadow",
    "left": "float",
    "both": "clear",
    "flow-root": "display",
    "relative": "position",
    "rect(1pt, 2pt, 3pt, 4pt)": "clip",
    "hidden": "overflow visibility backface-visibility",
    "hide": "empty-cells",
    "bottom": "caption-side",
    "fixed": "table-layout",
    "separate": "border-collapse",
    "column": "flex-direction flex-flow grid-auto-flow",
    "wrap": "flex-wrap",
    "2pt": "grid-auto-rows grid-auto-columns grid-template-rows grid-template-columns column-width",
    '"a b"': "grid-template-areas",
    "2pt / 3pt": "grid grid-template",
    "avoid": "break-inside page-break-inside break-before page-break-before break-after page-break-after",
    "auto": "column-fill hyphens appearance",
    "all": "column-span",
    '"Hei 400"': "font-family",
    '8pt "Hei 400"': "font",
    "900": "font-weight",
    "italic": "font-style",
    "underline": "text-decoration text-decoration-line",
    "double": "text-decoration-style",
    '"palt"': "font-feature-settings",
    '"wght" 400': "font-variation-settings",
    '"ZHS"': "font-language-override",
    "small-caps": "font-variant font-variant-caps",
    "no-common-ligatures": "font-variant-ligatures",
    "oldstyle-nums": "font-variant-numeric",
    "traditional": "font-variant-east-asian",
    "super": "font-variant-position vertical-align",
    "historical-forms": "font-variant-alternates",
    "condensed": "font-stretch",
    "none": "font-kerning",
    "uppercase": "text-transform",
    "nowrap": "white-space",
    "break-all": "word-break",
    "anywhere": "overflow-wrap word-wrap",
    "rtl": "direction",
    "ellipsis": "text-overflow",
    "discard": "continue",
    '"…"': "block-ellipsis",
    '"="': "hyphenate-character",
    "6 3 3": "hyphenate-limit-chars",
    "scale(1.1)": "transform",
    "1pt 1pt": "transform-origin object-position",
    "contain": "object-fit",
    "pixelated": "image-rendering",
    "180deg": "image-orientation",
    "2dppx": "image-resolution",
    '"x"': "content",
    "x 1": "counter-increment counter-reset counter-set",
    '"“" "”"': "quotes",
    "square": "list-style list-style-type",
    "inside": "list-style-position",
    "url(x.svg)": "list-style-image",
    'x "y"': "string-set",
    '"mark"': "bookmark-label",
    "closed": "bookmark-state",
    "compact": "footnote-display",
    "line": "footnote-policy",
    "dark": "color-scheme",
    "embed": "unicode-bidi",
    "keep": "margin-break",
    "clone": "box-decoration-break",
    "inner": "page",
    "crop": "marks",
    "9cm 9cm": "size",
    "attr(id)": "anchor lang",
}
"""The properties, with blanks between them, by the value that they are tried with."""

BY_NAME = {name: value for value, names in SAMPLES.items() for name in names.split()}
