"""Hostile issues: templates, styles, drawings, manuscripts, pictures, plans and names, made from one small sound issue.

A case is what is done to the folder of a sound issue. ``OUTSIDE`` stands in it for a file that lies beside the issue's
folder and that nothing may read or write; ``SINK`` for an address that listens and that nothing may call.
"""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image

OUTSIDE = "@outside@"
SINK = "@sink@"

PLAN = """\
title = "攻"
date = 2026-02-05
design = "d"
press = "newsprint-coldset"

[[page]]
number = 1
title = "要闻"
stories = ["a.md"]
pictures = ["p"]

[[picture]]
id = "p"
file = "p.jpg"
caption = "山间秋色"
credit = "张三 摄"
"""
STORY = """\
---
headline: 春天来了
---

今天天气很好，大家都来参加会议。
"""
PAGE = """\
<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{{ issue.title }}</title><link rel="stylesheet" href="page.css"></head>
<body><main data-fill>
{% for name, word in page.folio.items() %}<div class="f" data-flow="{{ word.flow }}"></div>{% endfor %}
<div class="h" data-flow="{{ story.headline.flow }}"></div>
<div class="b" data-flow="{{ story.lede.flow }}"></div>
<div data-picture="p" style="width:60pt;height:40pt"></div>
<div class="f" data-flow="{{ pictures.p.caption.flow }}"></div><div class="f" data-flow="{{ pictures.p.credit.flow }}"></div>
<img src="e.svg" style="width:10pt;height:10pt" alt="">
</main></body></html>
"""
CSS = """\
@page { size: 100mm 120mm; margin: 0 }
* { margin: 0; padding: 0; box-sizing: border-box }
html { font-size: 10pt; line-height: 15pt; color: device-cmyk(0 0 0 1) }
[data-fill] { width: 280pt; height: 330pt; line-height: 15pt; font-family: "Song 400" }
.f { width: 280pt; height: 15pt; font: 8pt/15pt "Song 400" }
.h { width: 280pt; height: 30pt; font: 20pt/30pt "Song 900" }
.b { width: 150pt; height: 30pt; font: 10pt/15pt "Song 400"; text-indent: 2em }
"""
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="50" height="50">{}</svg>'
)


def picture(size: tuple[int, int] = (300, 200), kind: str = "JPEG", mode: str = "RGB", **more: object) -> bytes:
    """A picture of soft bands."""
    image = Image.linear_gradient("L").resize(size).convert(mode)
    file = BytesIO()
    image.save(file, kind, **more)
    return file.getvalue()


FILES: dict[str, bytes] = {
    "issue.toml": PLAN.encode(),
    "a.md": STORY.encode(),
    "d/page.html": PAGE.encode(),
    "d/page.css": CSS.encode(),
    "d/e.svg": SVG.format('<rect width="20" height="20" fill="black"/>').encode(),
    "p.jpg": picture(),
}

Work = Callable[[Path], object]


@dataclass(frozen=True)
class Case:
    """One hostile issue."""

    room: str
    name: str
    spoil: Work


def write_sound(folder: Path) -> None:
    """The sound issue in *folder*."""
    for name, content in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _put(name: str, content: str | bytes) -> Work:
    data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")

    def put(folder: Path) -> None:
        outside, sink = (folder.parent / "outside").as_posix().encode(), (folder.parent / "sink").read_bytes()
        (folder / name).write_bytes(data.replace(OUTSIDE.encode(), outside).replace(SINK.encode(), sink))

    return put


def _instead(name: str, old: str, new: str) -> Work:
    text = FILES[name].decode()
    assert old in text, (name, old)
    return _put(name, text.replace(old, new, 1))


def _line(template: str) -> Work:
    """A line of the template, before the page's end."""
    return _instead("d/page.html", "</main>", f"{template}\n</main>")


def _style(css: str) -> Work:
    """More of the style sheet."""
    return _put("d/page.css", CSS + css)


def _all(*works: Work) -> Work:
    def do(folder: Path) -> None:
        for work in works:
            work(folder)

    return do


def _grow(start: str, step: str, rounds: int = 60, end: str = "{{ n.x }}") -> str:
    return f"{{% set n = namespace(x={start}) %}}{{% for i in range({rounds}) %}}{{% set n.x = {step} %}}{{% endfor %}}{end}"


TEMPLATES = {
    "ints by powers": _grow("10", "n.x ** 64", 200),
    "ints by products": _grow("10", "n.x * n.x", 200),
    "ints by sums": _grow("10", "n.x + n.x", 5000),
    "strings joined": _grow("'a' * 1000", "n.x ~ n.x"),
    "strings added": _grow("'a' * 1000", "n.x + n.x"),
    "strings replaced": _grow("'a' * 1000", "n.x.replace('a', 'aa')"),
    "strings filtered": _grow("'a' * 1000", "n.x | replace('a', 'aa')"),
    "strings formatted": _grow("'a' * 1000", "'%s%s' % (n.x, n.x)"),
    "strings escaped": _grow("'&' * 1000", "n.x | forceescape | string"),
    "strings set in a block": "{% set n = namespace(x='a' * 1000) %}{% for i in range(60) %}"
    "{% set n.x %}{{ n.x }}{{ n.x }}{% endset %}{% endfor %}",
    "lists in lists": _grow("['a']", "[n.x, n.x]"),
    "tuples as keys": _grow("('a',)", "(n.x, n.x)", end="{{ {n.x: 1} }}"),
    "tables in a table": _grow("{'a': 1}", "{'a': n.x, 'b': n.x}", end="{{ n.x | tojson }}"),
    "tables by dict": _grow("1", "dict(a=n.x, b=n.x)", end="{{ n.x | pprint }}"),
    "lists compared": _grow("['a']", "[n.x, n.x]", end="{{ n.x == [n.x] }}"),
    "lists sliced": "{{ [1] | slice(1000000000) | list }}",
    "lists batched": "{{ [1] | batch(1000000000, 'x') | list }}",
    "lists kept": _grow("[]", "n.x + [range(100000) | list]", 100000),
    "texts kept": _grow("[]", "n.x + ['x' * 190000]", 100000),
    "wide numbers": "{{ '%3000000000d' % 1 }}",
    "widths handed over": "{{ '%*d' % (3000000000, 1) }}",
    "wide fields": "{{ '{:>3000000000}'.format('x') }}",
    "fields in fields": "{{ '{:>{}}'.format('x', 3000000000) }}",
    "many wide fields": "{{ ('%99999d' * 9999) % 1 }}",
    "centred": "{{ 'x' | center(3000000000) }}",
    "centred by a method": "{{ 'x'.center(3000000000) }}",
    "filled with noughts": "{{ 'x'.zfill(3000000000) }}",
    "indented": "{{ 'a' | indent(3000000000) }}",
    "indented much": "{{ ('a\\n' * 90000) | indent(190000) }}",
    "wrapped": "{{ ('x ' * 90000) | wordwrap(1, wrapstring='y' * 90000) }}",
    "replaced by much": "{{ ('a' * 190000) | replace('a', 'b' * 190000) }}",
    "joined with much": "{{ (['b'] * 90000) | join('a' * 90000) }}",
    "rounded far": "{{ 3 | round(99999999999) }}",
    "lorem": "{{ lipsum(n=3000000) }}",
    "a range": "{{ range(10 ** 12) | list }}",
    "loops in loops": "{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}",
    "a loop over text": "{% for i in 'a' * 190000 %}{% for j in 'a' * 190000 %}{% endfor %}{% endfor %}",
    "a loop into itself": "{% for i in [1] recursive %}{{ loop([1]) }}{% endfor %}",
    "a macro into itself": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "a macro twice into itself": "{% macro m(n) %}{% if n %}{{ m(n-1) }}{{ m(n-1) }}{% endif %}{% endmacro %}{{ m(60) }}",
    "searched in a loop": "{% set s = 'ab' * 90000 %}{% for i in range(900000) %}{{ 'x' if 'ba' * 900 in s }}{% endfor %}",
    "sorted in a loop": "{% for i in range(900000) %}{% set _ = range(90000) | list | sort(reverse=true) %}{% endfor %}",
    "much text": "{% for i in range(900000) %}" + "a" * 60 + "{% endfor %}",
    "many elements": "{% for i in range(900000) %}<p>a</p>{% endfor %}",
    "deep elements": "{% for i in range(3000) %}<div>{% endfor %}",
    "deep elements written": "<div>" * 3000,
    "deep elements with text": "{% for i in range(150) %}<span>x{% endfor %}",
    "deep brackets": "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
    "deep lists": "{{ " + "[" * 3000 + "1" + "]" * 3000 + " }}",
    "a long sum": "{{ " + "1+" * 5000 + "1 }}",
    "a long look-up": "{{ story" + ".a" * 5000 + " }}",
    "many filters": "{{ 'a'" + " | upper" * 3000 + " }}",
    "deep conditions": "{% if 1 %}" * 3000 + "{% endif %}" * 3000,
    "deep loops": "{% for i in [1] %}" * 25 + "{% endfor %}" * 25,
    "a number of 5,000 digits": "{{ " + "9" * 5000 + " }}",
    "a number read from 5,000 digits": "{{ ('9' * 5000) | int }}",
    "itself included": '{% include "page.html" %}',
    "itself imported": '{% import "page.html" as x %}',
    "itself extended": '{% extends "page.html" %}',
    "the folder": "{{ issue.folder.joinpath('@outside@').read_text() }}",
    "a file written": "{% set _ = issue.folder.joinpath('@outside@').write_text('x') %}",
    "a class": "{{ ''.__class__.__mro__ }}",
    "a class by a filter": "{{ '' | attr('__class__') }}",
    "a class by a format": "{{ '{0.__class__}'.format(story) }}",
    "the globals of a function": "{{ chain.__globals__ }}",
    "the code of a macro": "{% macro m() %}{% endmacro %}{{ m._func.__globals__ }}",
    "a file included": '{% include "@outside@" %}',
    "a folder above included": '{% include "../../outside" %}',
    "a file of the machine included": '{% include "/etc/passwd" %}',
    "a picture of the machine": '<img src="file:///etc/passwd">',
    "a picture outside": '<img src="@outside@">',
    "a picture above": '<img src="../../outside">',
    "a picture above, disguised": '<img src="..%2f..%2foutside">',
    "a picture of the network": '<img src="http://@sink@/a.png">',
    "a picture of no scheme": '<img src="//@sink@/a.png">',
    "an object": '<object data="http://@sink@/a.svg" type="image/svg+xml"></object>',
    "an embedded file": '<embed src="http://@sink@/a.svg">',
    "a frame": '<iframe src="http://@sink@/"></iframe>',
    "a style sheet of the network": '<link rel="stylesheet" href="http://@sink@/a.css">',
    "a style sheet outside": '<link rel="stylesheet" href="@outside@">',
    "an attachment": '<a rel="attachment" href="@outside@">x</a>',
    "an attachment of the head": '<link rel="attachment" href="file:///etc/passwd">',
    "a base": '<base href="http://@sink@/"><img src="a.png">',
    "data": '<img src="data:image/svg+xml,<svg xmlns=%22http://www.w3.org/2000/svg%22><image href=%22http://@sink@/%22/></svg>">',
    "an image of itself": '<img src="#a">',
    "an image of a folder": '<img src=".">',
    "an image of a device": '<img src="/dev/zero">',
    "a long address": f'<img src="{"a" * 100000}.svg">',
    "a wide table": '<table><tr><td colspan="1000000000">x</td></tr></table>',
    "a high table": '<table><tr><td rowspan="1000000000">x</td></tr></table>',
    "many columns": '<table><colgroup span="1000000000"></colgroup><tr><td>x</td></tr></table>',
    "a list from afar": '<ol start="99999999999999999999"><li>x</li></ol>',
    "flex in flex": '<div style="display:flex">' * 25 + "x" + "</div>" * 25,
    "grid in grid": '<div style="display:grid">' * 25 + "x" + "</div>" * 25,
    "floats in floats": '<div style="float:left">' * 50 + "x" + "</div>" * 50,
    "inline blocks in one another": '<span style="display:inline-block">' * 50 + "x" + "</span>" * 50,
    "tables in tables": '<div style="display:table">' * 50 + "x" + "</div>" * 50,
    "an unknown flow": '<div class="f" data-flow="picture.nobody.caption"></div>',
    "a flow of dots": '<div class="f" data-flow="....."></div>',
    "a flow of 100,000 names": f'<div class="f" data-flow="{"a.lede " * 20000}"></div>',
    "steps without end": f'<div class="f" data-step="{"x " * 50000}"></div>',
    "a step of a number without end": '<div class="f" data-step="big:1e999"></div>',
    "a nought byte": "\0",
    "half a surrogate": "{{ '\\ud800' }}",
    "a lone surrogate": b"<p>\xed\xa0\x80</p>".decode("utf-8", "surrogateescape").encode("utf-8", "surrogateescape").decode("latin-1"),
    "a right-to-left override": "<p>\u202e\u2066</p>",
    "no type area": "</main><main>",
    "scripts": "<script>while(1){}</script><video src='http://@sink@/v'></video><form action='http://@sink@/'></form>",
    "a refresh": '<meta http-equiv="refresh" content="0;url=http://@sink@/">',
}  # fmt: skip

STYLES = {
    "a var() bomb": ":root{--a0:1pt" + "".join(f";--a{n}:{f' var(--a{n - 1})' * 4}" for n in range(1, 14)) + "}.b{margin:var(--a13)}",
    "a var() bomb over rules": "".join(f".b{{--a{n}:{f' var(--a{n - 1}, 0)' * 10}}}" for n in range(1, 9)) + ".b{padding:var(--a8)}",
    "a var() circle": ":root{--a:var(--b);--b:var(--a)}.b{width:var(--a)}",
    "var() in var()": ".b{width:" + "var(--x," * 400 + "1pt" + ")" * 400 + "}",
    "repeat(1e9)": ".b{display:grid;grid-template-columns:repeat(1000000000,1pt)}",
    "repeat in a panel": ".p{display:grid;grid-template-rows:repeat(999999999,1fr)}",
    "repeat(1e9) with plus": ".f{display:grid;grid-template-columns:REPEAT( +1000000000 , 1pt)}",
    "100,000 rules": "".join(f".a{n}{{color:black}}" for n in range(100000)),
    "100,000 declarations": ".b{" + "color:black;" * 100000 + "}",
    "100,000 selectors": ",".join(f".a{n}" for n in range(100000)) + "{color:black}",
    "a long selector": ".a " * 20000 + "{color:black}",
    "not in not": ":not(" * 500 + "a" + ")" * 500 + "{color:black}",
    "deep calc": ".b{width:calc(" + "(" * 3000 + "1pt" + ")" * 3000 + ")}",
    "deep brackets": ".b{width:" + "(" * 3000 + ")" * 3000 + "}",
    "deep blocks": "@media print{" * 3000 + "}" * 3000,
    "a long sum": ".b{width:calc(" + "1pt + " * 5000 + "1pt)}",
    "min of many": ".b{width:min(" + "1pt," * 20000 + "1pt)}",
    "line height 0": "[data-fill]{line-height:0}",
    "line height of frames 0": ".b{line-height:0}",
    "line height negative": ".b{line-height:-5pt}",
    "line height 1e9": ".b{line-height:1e9pt}",
    "line height without end": ".b{line-height:1e999pt}",
    "line height no number": ".b{line-height:calc(0pt / 0)}",
    "font size 0": ".b{font-size:0}",
    "font size 0 everywhere": "*{font-size:0!important}",
    "font size 1e9": ".b{font-size:1e9pt}",
    "font size tiny": ".b{font-size:1e-9pt}",
    "font size without end": ".b{font-size:1e999pt}",
    "width without end": ".b{width:1e999pt}",
    "width negative": ".b{width:-1e999pt}",
    "width no number": ".b{width:calc(1pt / 0)}",
    "width 0": ".b{width:0}",
    "width tiny": ".b{width:.001pt}",
    "height 1e9": ".b{height:1e9pt}",
    "height 0": "[data-fill]{height:0}",
    "margin 1e9": ".b{margin:1e9pt}",
    "indent 1e9": ".b{text-indent:1e9em}",
    "spacing 1e9": ".b{letter-spacing:1e9pt}",
    "a sheet of 1e9 mm": "@page{size:1e9mm}",
    "a sheet of 6 m": "@page{size:6m 6m;size:6000mm 6000mm}",
    "a sheet of nothing": "@page{size:0 0}",
    "a sheet below nothing": "@page{size:-5mm -5mm}",
    "a sheet without end": "@page{size:1e999mm 1e999mm}",
    "margins wider than the sheet": "@page{margin:500mm}",
    "bleed of 1e9": "@page{bleed:1e9mm}",
    "columns": "[data-fill]{columns:1000000000}",
    "columns of 1e-9": "[data-fill]{columns:1e-9pt}",
    "a gradient of many stops": ".b{background:linear-gradient(" + ",".join(["device-cmyk(0 0 0 1)"] * 20000) + ")}",
    "gradients repeated finely": ".b{background:repeating-linear-gradient(device-cmyk(0 0 0 1) 0,device-cmyk(0 0 0 0) 1e-9pt)}",
    "shadows": ".b{box-shadow:" + ",".join(["1pt 1pt 9999pt device-cmyk(0 0 0 1)"] * 20000) + "}",
    "a shadow of 1e9": ".b{box-shadow:0 0 1e9pt device-cmyk(0 0 0 1)}",
    "tiles of 1e-6": ".b{background:url(e.svg);background-size:1e-6pt 1e-6pt}",
    "a dotted border 1e-9": ".b{border:1e-9pt dotted device-cmyk(0 0 0 1)}",
    "a dotted border of 1e6": ".b{border:1pt dotted device-cmyk(0 0 0 1);width:1e6pt;height:1e6pt}",
    "a radius of 1e9": ".b{border:1pt solid device-cmyk(0 0 0 1);border-radius:1e9pt}",
    "a transform by 0": ".b{transform:scale(0)}",
    "a transform by 1e300": ".b{transform:scale(1e300)}",
    "turned 1e300": ".b{transform:rotate(1e300deg)}",
    "a matrix of noughts": ".b{transform:matrix(0,0,0,0,0,0)}",
    "a z-index of 5,000 digits": ".b{z-index:" + "9" * 5000 + "}",
    "a counter of 5,000 digits": ".b{counter-reset:a " + "9" * 5000 + "}",
    "content without end": ".b::before{content:" + '"x" ' * 50000 + "}",
    "content of leaders": ".b::before{content:leader('')}",
    "a counter style": "@counter-style x{system:additive;additive-symbols:1 'x'}.b::before{counter-reset:a 999999999;content:counter(a,x)}",
    "a symbol counter": "@counter-style x{system:symbolic;symbols:'xxxxxxxxxx'}.b::before{counter-reset:a 99999999;content:counter(a,x)}",
    "an import of the network": '@import url("http://@sink@/a.css");',
    "an import outside": '@import url("@outside@");',
    "an import of itself": '@import "page.css";',
    "an import first of itself": "",
    "a font of the network": '@font-face{font-family:x;src:url("http://@sink@/a.woff")}.b{font-family:x}',
    "a font outside": '@font-face{font-family:x;src:url("file://@outside@")}.b{font-family:x}',
    "a font of the machine": '@font-face{font-family:x;src:local("DejaVu Sans")}.b{font-family:x}',
    "a ground of the network": '.b{background:url("http://@sink@/a.png")}',
    "a ground outside": '.b{background:url("@outside@")}',
    "a ground above": '.b{background:url("../../outside")}',
    "content of the network": '.b::before{content:url("http://@sink@/a.svg")}',
    "a list mark of the network": '.b{display:list-item;list-style-image:url("http://@sink@/a.svg")}',
    "attr() of the network": ".b::before{content:attr(x url)}",
    "steps without end": ".b{--steps:" + "x," * 50000 + "x}",
    "an option of 1e999": ".b{--rows:1e999;--tracking-limit:1e999;--gap-warn:nan;--max-lines:99999999999999999999}",
    "options of nothing": ".b{--max-lines:0;--rows:0;--keep-limit:-1;--orphans:-5;--widows:99999999}",
    "options of 5,000 digits": ".b{--max-lines:" + "9" * 5000 + "}",
    "a nought byte": ".b{color:\0}",
    "escapes": ".b{\\c\\o\\l\\o\\r:\\110000 \\d800 }",
    "an open comment": "/*",
    "an open string": ".b{content:'",
    "min-height over max-height": ".b{min-height:300pt;max-height:1pt}",
    "min-height 1e999": ".b{min-height:1e999pt}",
    "display none": "[data-fill]{display:none}",
    "display contents": "[data-fill]{display:contents}",
    "everything absolute": "*{position:absolute}",
    "everything fixed": "*{position:fixed}",
    "everything float": "*{float:right}",
    "everything running": "*{position:running(x)}",
    "everything flex": "*{display:flex}",
    "everything grid": "*{display:grid}",
    "everything a table": "*{display:table}",
    "everything a footnote": "*{float:footnote}",
    "page breaks everywhere": "*{break-before:page;break-after:page}",
    "a named page each": ".b{page:x}.f{page:y}@page x{size:10mm 10mm}",
}  # fmt: skip

_USE = '<use href="#{0}"/>' * 10
DRAWINGS = {
    "a <use> bomb": '<g id="a0"><rect width="1" height="1" fill="black"/></g>'
    + "".join(f'<g id="a{n}">{_USE.format(f"a{n - 1}")}</g>' for n in range(1, 9)),
    "a <use> bomb by xlink": '<g id="a0"><rect width="1" height="1" fill="black"/></g>'
    + "".join(f'<g id="a{n}">{_USE.replace("href", "xlink:href").format(f"a{n - 1}")}</g>' for n in range(1, 9)),
    "symbols in symbols": "".join(
        f'<symbol id="a{n}">{_USE.format(f"a{n - 1}") if n else "<path d=&quot;M0 0h1&quot;/>".replace("&quot;", chr(34))}</symbol>'
        for n in range(9)
    ) + '<use href="#a8"/>',
    "patterns in patterns": "".join(
        f'<pattern id="a{n}" width="1" height="1" patternUnits="userSpaceOnUse">'
        + f'<rect width="1" height="1" fill="url(#a{n - 1})"/>' * 10
        + "</pattern>"
        for n in range(1, 9)
    ) + '<rect width="50" height="50" fill="url(#a8)"/>',
    "a pattern in itself": '<pattern id="a" width="1" height="1"><rect width="1" height="1" fill="url(#a)"/></pattern>'
    '<rect width="50" height="50" fill="url(#a)"/>',
    "a fine pattern": '<pattern id="a" width="1e-9" height="1e-9" patternUnits="userSpaceOnUse"><path d="M0 0h1"/></pattern>'
    '<rect width="50" height="50" fill="url(#a)"/>',
    "markers in markers": "".join(
        f'<marker id="a{n}"><path d="{"M0 0L1 1" * 9}" marker-mid="url(#a{n - 1})"/></marker>' for n in range(1, 9)
    ) + f'<path d="{"M0 0L1 1" * 999}" marker-mid="url(#a8)"/>',
    "a marker in itself": '<marker id="a"><path d="M0 0L1 1" marker-end="url(#a)"/></marker><path d="M0 0L1 1" marker-end="url(#a)"/>',
    "a marker of many vertices": '<marker id="a"><g>' + '<path d="M0 0"/>' * 500 + "</g></marker>"
    f'<path d="M0 0{"L1 1" * 5000}" marker-mid="url(#a)"/>',
    "masks in masks": "".join(
        f'<mask id="a{n}">' + f'<rect width="1" height="1" mask="url(#a{n - 1})"/>' * 10 + "</mask>" for n in range(1, 9)
    ) + '<rect width="5" height="5" mask="url(#a8)"/>',
    "clips in clips": "".join(
        f'<clipPath id="a{n}">' + f'<rect width="1" height="1" clip-path="url(#a{n - 1})"/>' * 10 + "</clipPath>"
        for n in range(1, 9)
    ) + '<rect width="5" height="5" clip-path="url(#a8)"/>',
    "a <use> of itself": '<use id="a" href="#a"/>',
    "a <use> of its parent": '<g id="a"><use href="#a"/></g>',
    "a <use> in a circle": '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>',
    "gradients in a circle": '<linearGradient id="a" href="#b"/><linearGradient id="b" href="#a"/><rect width="5" height="5" fill="url(#a)"/>',
    "deep groups": "<g>" * 3000 + "</g>" * 3000,
    "deep nested drawings": "<svg>" * 300 + "</svg>" * 300,
    "100,000 elements": '<rect width="1" height="1" fill="black"/>' * 100000,
    "a path of a million points": f'<path d="M0 0{"L1 1" * 1000000}"/>',
    "a path of no numbers": '<path d="M nan nan L inf -inf z"/>',
    "a path of bad numbers": '<path d="M0 0 L1e999 1e999 A 0 0 0 9 9 1 1"/>',
    "an arc of nothing": '<path d="M0 0A1e-300 1e300 1e300 1 1 1e300 1e300"/>',
    "a number of 5,000 digits": f'<rect width="{"9" * 5000}" height="1"/>',
    "dashes of nothing": '<path d="M0 0L50 50" stroke="black" stroke-dasharray="0 0 0"/>',
    "dashes of 1e-9": '<path d="M0 0L50 50" stroke="black" stroke-dasharray="1e-9"/>',
    "dashes negative": '<path d="M0 0L50 50" stroke="black" stroke-dasharray="-1 5"/>',
    "a view box of nothing": '<svg viewBox="0 0 0 0" width="5" height="5"><rect width="1" height="1"/></svg>',
    "a view box of words": '<svg viewBox="a b c d"><rect width="1" height="1"/></svg>',
    "a view box of noughts and numbers": '<svg viewBox="1e300 1e300 1e-300 1e-300"><rect width="1" height="1"/></svg>',
    "a transform of words": '<g transform="rotate(a) scale()"><rect width="1" height="1"/></g>',
    "a transform by 0": '<g transform="scale(0) matrix(0 0 0 0 0 0)"><rect width="1" height="1" fill="black"/></g>',
    "an image of the network": '<image href="http://@sink@/a.png" width="5" height="5"/>',
    "an image outside": '<image href="@outside@" width="5" height="5"/>',
    "a <use> of the network": '<use href="http://@sink@/a.svg#x"/>',
    "a <use> outside": '<use href="file://@outside@#x"/>',
    "an import": '<style>@import url("http://@sink@/a.css");</style>',
    "an import outside": '<style>@import url("file://@outside@");</style>',
    "a style without end": "<style>" + ".a{fill:black}" * 50000 + "</style>",
    "a script": "<script>while(1){}</script>",
    "text": "<text>字</text>",
    "foreign": "<foreignObject><div>x</div></foreignObject>",
    "a filter": '<filter id="a"><feGaussianBlur stdDeviation="1e9"/></filter><rect width="5" height="5" filter="url(#a)"/>',
}  # fmt: skip

DOCTYPES = {
    "billion laughs": '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + ']><svg xmlns="http://www.w3.org/2000/svg"><desc>&j;</desc></svg>',
    "an entity outside": '<!DOCTYPE svg [<!ENTITY a SYSTEM "file://@outside@">]><svg xmlns="http://www.w3.org/2000/svg"><desc>&a;</desc></svg>',
    "an entity of the network": '<!DOCTYPE svg SYSTEM "http://@sink@/a.dtd"><svg xmlns="http://www.w3.org/2000/svg"/>',
    "no drawing": "hello",
    "an empty drawing": "",
    "half a drawing": '<svg xmlns="http://www.w3.org/2000/svg"><g>',
    "no namespace": "<svg><g/></svg>",
    "noughts": "\0" * 1000,
    "an encoding that is none": '<?xml version="1.0" encoding="x-none"?><svg xmlns="http://www.w3.org/2000/svg"/>',
}  # fmt: skip

HEADS = {
    "nested flow lists": "headline: " + "[" * 3000 + "]" * 3000,
    "nested flow tables": "headline: " + "{a: " * 3000 + "}" * 3000,
    "nested block lists": "headline:\n" + "".join(f"{' ' * n}-\n" for n in range(300)),
    "anchors": "headline: &a x\ndeck: *a",
    "a bomb of anchors": "a: &a [x]\n" + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{f'*{chr(97 + n)},' * 9}]\n" for n in range(9)),
    "a tag": 'headline: !!python/object/apply:os.system ["touch @outside@"]',
    "a tag of a name": "headline: !!python/name:os.system x",
    "a key that is a list": "? [a, b]\n: c\nheadline: x",
    "a key that is a table": "? {a: b}\n: c\nheadline: x",
    "a merge": "<<: {headline: x}",
    "a number": "headline: 0x1F\ndeck: 1e999\nkicker: .nan",
    "a date that is none": "headline: 2026-99-99",
    "nothing": "headline:",
    "a nought byte": "headline: a\0b",
    "escapes": 'headline: "\\0\\x07\\u2028\\ud800"',
    "a line of a million": "headline: " + "字" * 100000,
    "100,000 keys": "headline: x\nwords:\n" + "".join(f"  a{n}: x\n" for n in range(20000)),
    "100,000 figures": "headline: x\nfigures:\n" + "  - 会议{1个}\n" * 20000,
    "protected names without end": "headline: x\nprotected:\n" + "".join(f"  - 会议{n}\n" for n in range(20000)),
    "a directive": "%YAML 9.9\nheadline: x",
    "a tab": "headline:\tx\n\tdeck: y",
    "two documents": "headline: x\n...\nheadline: y",
    "unicode escapes": 'headline: "\\U0010FFFF\\uFFFE"',
    "brackets in names": "headline: x\nwords: {'a b': c, '': d, '../..': e}",
    "a figure of nothing": "headline: x\nfigures: ['{}', '{', '}{', '{{}}']",
}  # fmt: skip

BODIES = {
    "quotes in quotes": ">" * 3000 + " 字",
    "lists in lists": "".join(f"{'  ' * n}- 字\n" for n in range(300)),
    "brackets": "[" * 20000,
    "links": "[a](" * 10000,
    "emphasis": "*a " * 20000,
    "strong in strong": "**" * 20000 + "字",
    "back quotes": "".join("`" * n + " " for n in range(300)),
    "html": "<b>" * 5000,
    "entities": "&amp;" * 20000 + "&#0;&#xD800;&#1114112;",
    "a line of 200,000": "字" * 200000,
    "100,000 headings": "## 一\n\n字\n\n" * 5000,
    "100,000 lines": "字\n" * 50000,
    "a word of 50,000 letters": "a" * 50000,
    "marks alone": "，。、！" * 5000,
    "combining marks": "e" + "\u0301" * 20000,
    "rubies": "{字|zì}" * 5000,
    "controls": "字\x07\x1b[2J字",
    "separators": "字\u2028字\u2029字\u0085字",
    "directions": "字\u202e\u2066\u200f字",
    "variation selectors": "字" + "\ufe0f\U000e0100" * 5000,
    "private characters": "\ue000\U0010fffd",
    "no characters": "\ufffe\uffff",
    "surrogates": "字\ud800字",
    "emoji": "\U0001f469\u200d\U0001f469\u200d\U0001f467" * 500,
    "a link of the network": "![x](http://@sink@/a.png)",
    "a link outside": "![x](@outside@)",
    "a template": "{{ issue.folder }}{% for i in range(10**9) %}{% endfor %}",
    "a table": "|a|" * 10000 + "\n" + "|-|" * 10000,
    "breaks": "***\n\n" * 5000,
    "no copy": "",
    "blanks": "\u3000\u00a0\u200b " * 5000,
    "footnotes": "[^1]" * 5000 + "\n\n[^1]: x",
}  # fmt: skip


def _png(width: int, height: int, body: bytes = b"", *more: tuple[bytes, bytes]) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + b"".join(chunk(*each) for each in more)
        + chunk(b"IDAT", body)
        + chunk(b"IEND", b"")
    )


def _over(data: bytes, at: float, length: int, fill: bytes = b"\x5a") -> bytes:
    start = int(len(data) * at)
    return data[:start] + (fill * length)[:length] + data[start + length :]


_JPEG = FILES["p.jpg"]
PICTURES: dict[str, bytes] = {
    "nothing": b"",
    "words": b"This is a letter.",
    "a head alone": _JPEG[:4],
    "half": _JPEG[: len(_JPEG) // 2],
    "without an end": _JPEG[:-2],
    "damaged early": _over(_JPEG, 0.5, 60),
    "damaged with markers": _over(_JPEG, 0.7, 60, b"\xff\xd9"),
    "damaged with noughts": _over(_JPEG, 0.8, 60, b"\0"),
    "damaged in the tables": _over(_JPEG, 0.05, 60),
    "a JPEG of 65,535 squared": _JPEG.replace(_JPEG[_JPEG.find(b"\xff\xc0") + 5 :][:4], b"\xff\xff\xff\xff", 1),
    "a JPEG of no size": _JPEG.replace(_JPEG[_JPEG.find(b"\xff\xc0") + 5 :][:4], b"\0\0\0\0", 1),
    "a PNG of 2^31 squared": _png(2**31 - 1, 2**31 - 1),
    "a PNG of 10,000 squared, black": _png(10000, 10000, zlib.compress(b"\0" * 30010000)),
    "a PNG of no size": _png(0, 0),
    "a PNG without pixels": _png(300, 200),
    "a PNG of a bomb of words": _png(3, 3, zlib.compress(b"\0" * 30), (b"zTXt", b"a\0\0" + zlib.compress(b"x" * 99999999))),
    "a PNG of a bomb of a profile": _png(3, 3, zlib.compress(b"\0" * 30), (b"iCCP", b"a\0\0" + zlib.compress(b"x" * 99999999))),
    "a PNG of bad pixels": _png(300, 200, b"not deflated"),
    "a GIF": picture(kind="GIF", mode="P"),
    "half a GIF": picture(kind="GIF", mode="P")[:300],
    "a TIFF": picture(kind="TIFF"),
    "half a TIFF": picture(kind="TIFF")[:3000],
    "a TIFF in a circle": b"II*\0\x08\0\0\0\0\0\x08\0\0\0",
    "a TIFF of 4 thousand million squared": b"II*\0\x08\0\0\0\x02\0"
    + struct.pack("<HHII", 256, 4, 1, 0xFFFFFFFF)
    + struct.pack("<HHII", 257, 4, 1, 0xFFFFFFFF)
    + b"\0\0\0\0",
    "a WebP": picture(kind="WEBP"),
    "half a WebP": picture(kind="WEBP")[:200],
    "a BMP": picture(kind="BMP"),
    "a BMP of a negative size": picture(kind="BMP")[:18] + struct.pack("<ii", -5, -5) + picture(kind="BMP")[26:],
    "an icon": picture((32, 32), "ICO"),
    "a PDF": b"%PDF-1.4\n%%EOF",
    "PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(@outside@) (w) file\n",
    "an SVG": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "a HEIC that is none": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 200,
    "a profile that is none": picture(icc_profile=b"\0" * 500),
    "EXIF that is none": picture(exif=b"Exif\0\0" + b"\xff" * 500),
    "one pixel": picture((1, 1)),
    "a thread": picture((1, 20000)),
    "CMYK": picture(mode="CMYK"),
    "palette": picture(kind="PNG", mode="P"),
    "one bit": picture(kind="PNG", mode="1"),
}  # fmt: skip

PLANS = {
    "a caption of two lines": ('"山间秋色"', '"""\n秋日山林\n（资料图片）\n"""'),
    "a caption of an escaped line": ('"山间秋色"', '"山间\\n秋色"'),
    "a caption of a line separator": ('"山间秋色"', '"山间\\u2028秋色"'),
    "a caption of a control": ('"山间秋色"', '"山间\\u0007秋色"'),
    "a credit of two lines": ('"张三 摄"', '"""张三\n摄"""'),
    "a title of two lines": ('title = "要闻"', 'title = """要\n闻"""'),
    "a title of the issue with a control": ('title = "攻"', 'title = "攻\\u0007"'),
    "a title of the issue of two lines": ('title = "攻"', 'title = """攻\n守"""'),
    "staff of two lines": ("[[page]]", '[staff]\n"责编" = """张\n三"""\n\n[[page]]'),
    "a role of two lines": ("[[page]]", '[staff]\n"责\\n编" = "张三"\n\n[[page]]'),
    "a paper of two lines": ('design = "d"', 'paper = """日\n报"""\ndesign = "d"'),
    "a caption of a word joiner": ('"山间秋色"', '"山\\u2060间\\u200b秋\\ufeff色"'),
    "a caption without a glyph": ('"山间秋色"', '"山\\U0010FFFF秋色"'),
    "a caption of a hundred thousand": ('"山间秋色"', f'"{"字" * 100000}"'),
    "a caption of blanks": ('"山间秋色"', '"\\u3000\\u00a0"'),
    "a page number of 20 digits": ("number = 1", "number = 99999999999999999999"),
    "a page number of 19 digits": ("number = 1", "number = 999999999999999999"),
    "a page number of 5,000 digits": ("number = 1", f"number = {'9' * 5000}"),
    "a page number below nought": ("number = 1", "number = -1"),
    "brackets": ('stories = ["a.md"]', f"stories = {'[' * 3000}{']' * 3000}"),
    "tables": ("[[page]]", f"x = {'{a=' * 3000}1{'}' * 3000}\n[[page]]"),
    "a dotted key": ("[[page]]", "a" + ".a" * 20000 + " = 1\n[[page]]"),
    "100,000 keys": ("[[page]]", "[staff]\n" + "".join(f"a{n} = 'x'\n" for n in range(100000)) + "[[page]]"),
    "100,000 stories": ('["a.md"]', '["a.md"' + ', "b.md"' * 20000 + "]"),
    "a story above": ('["a.md"]', '["../outside"]'),
    "a story outside": ('["a.md"]', '["@outside@"]'),
    "a story of the machine": ('["a.md"]', '["/etc/passwd"]'),
    "a story of a long name": ('["a.md"]', f'["{"字" * 2000}.md"]'),
    "a story of a long path": ('["a.md"]', f'["{"a/" * 3000}.md"]'),
    "a story of a nought byte": ('["a.md"]', '["a\\u0000.md"]'),
    "a story of a folder": ('["a.md"]', '["d"]'),
    "a story of nothing": ('["a.md"]', '[""]'),
    "a picture above": ('"p.jpg"', '"../outside"'),
    "a picture outside": ('"p.jpg"', '"@outside@"'),
    "a picture of the network": ('"p.jpg"', '"http://@sink@/a.jpg"'),
    "a picture of a device": ('"p.jpg"', '"/dev/zero"'),
    "a picture of a long name": ('"p.jpg"', f'"{"a" * 5000}.jpg"'),
    "a picture of our own, above": ('"p.jpg"', '"images:../press/newsprint-coldset.toml"'),
    "a design above": ('design = "d"', 'design = "../d"'),
    "a design of a long name": ('design = "d"', f'design = "{"d" * 5000}"'),
    "a press above": ('press = "newsprint-coldset"', 'press = "../outside"'),
    "a press of a long name": ('press = "newsprint-coldset"', f'press = "{"d" * 5000}"'),
    "a kind above": ("number = 1", 'number = 1\nkind = "../page"'),
    "a kind of a long name": ("number = 1", f'number = 1\nkind = "{"k" * 5000}"'),
    "an id of a long name": ('id = "p"', f'id = "{"p" * 100000}"'),
    "a focus that is no number": ("[[picture]]", "[[picture]]\nfocus = [nan, inf]"),
    "a date of the year 1": ("2026-02-05", "0001-01-01"),
    "a date of the year 9999": ("2026-02-05", "9999-12-31"),
    "a date with a time": ("2026-02-05", "2026-02-05T10:00:00Z"),
    "no date": ("2026-02-05", "'yesterday'"),
}  # fmt: skip


def _link(name: str, target: str) -> Work:
    def link(folder: Path) -> None:
        path = folder / name
        path.unlink(missing_ok=True)
        path.symlink_to(target.replace(OUTSIDE, (folder.parent / "outside").as_posix()))

    return link


def _named(name: bytes, content: bytes = b"x") -> Work:
    def put(folder: Path) -> None:
        with open(os.path.join(os.fsencode(folder), name), "wb") as file:  # noqa: PTH123, PTH118  (a name of bytes)
            file.write(content)

    return put


NAMES: dict[str, Work] = {
    "a GBK name beside the manuscript": _named("稿件.md".encode("gbk"), STORY.encode()),
    "a GBK picture": _all(_named("山景.jpg".encode("gbk"), _JPEG), _instead("issue.toml", '"p.jpg"', '"山景.jpg"')),
    "a GBK manuscript": _all(_named("稿.md".encode("gbk"), STORY.encode()), _instead("issue.toml", '"a.md"', '"稿.md"')),
    "a GBK style sheet": _named(b"d/" + "样.css".encode("gbk"), b".x{}"),
    "a GBK drawing": _named(b"d/" + "图.svg".encode("gbk"), FILES["d/e.svg"]),
    "a GBK template": _named(b"d/" + "版.html".encode("gbk"), b"{{ x"),
    "a name with a line break": _named(b"a\nb.md", STORY.encode()),
    "a name of escapes": _named(b"\x1b[2J.md", STORY.encode()),
    "a manuscript through a link": _link("a.md", OUTSIDE),
    "a plan through a link": _link("issue.toml", OUTSIDE),
    "a picture through a link": _link("p.jpg", OUTSIDE),
    "a template through a link": _link("d/page.html", OUTSIDE),
    "a style sheet through a link": _link("d/page.css", OUTSIDE),
    "a drawing through a link": _link("d/e.svg", OUTSIDE),
    "an include through a link": _all(_link("d/x.html", OUTSIDE), _line('{% include "x.html" %}')),
    "a manuscript in a circle": _link("a.md", "a.md"),
    "a drawing in a circle": _link("d/e.svg", "e.svg"),
    "a style sheet in a circle": _link("d/page.css", "page.css"),
    "a template in a circle": _link("d/page.html", "page.html"),
    "a folder in a circle": _link("d/loop", "."),
    "design.toml through a link": _link("d/design.toml", OUTSIDE),
    "a design.toml of brackets": _put("d/design.toml", "a = " + "[" * 3000),
    "a design.toml of 5,000 digits": _put("d/design.toml", "pictures = {least = " + "9" * 5000 + "}"),
    "a manuscript that is a device": _link("a.md", "/dev/zero"),
    "a drawing that is a device": _link("d/e.svg", "/dev/zero"),
    "a pipe in the design": lambda folder: os.mkfifo(folder / "d" / "x.css"),
    "a pipe for a manuscript": lambda folder: ((folder / "a.md").unlink(), os.mkfifo(folder / "a.md")),
    "a folder for a style sheet": lambda folder: ((folder / "d/page.css").unlink(), (folder / "d/page.css").mkdir()),
}  # fmt: skip


def cases() -> Iterator[Case]:
    """Every case, in the order of the tables."""
    yield from (Case("template", name, _line(line)) for name, line in TEMPLATES.items())
    yield Case("template", "10 MB", _line("x" * 10_000_000))
    for name, css in STYLES.items():
        first = name == "an import first of itself"
        yield Case("style", name, _put("d/page.css", f'@import "page.css";{CSS}') if first else _style(css))
    bomb = STYLES["a var() bomb"].replace(":root", "main")
    yield Case("style", "a var() bomb in the page", _line(f"<style>{bomb}</style>"))
    yield Case("style", "a style attribute", _line(f'<p style="{"color:black;" * 50000}">x</p>'))
    yield Case("style", "deep calc in an attribute", _line(f'<p style="width:calc({"(" * 3000}1pt{")" * 3000})">x</p>'))
    yield from (Case("drawing", name, _put("d/e.svg", SVG.format(body))) for name, body in DRAWINGS.items())
    yield from (Case("drawing", name, _put("d/e.svg", text)) for name, text in DOCTYPES.items())
    for name in ("a <use> bomb", "deep groups", "a <use> of itself"):
        yield Case("drawing", f"{name} in the page", _line(SVG.format(DRAWINGS[name])))
    yield from (Case("manuscript", name, _put("a.md", f"---\n{head}\n---\n\n字。\n")) for name, head in HEADS.items())
    yield from (
        Case("manuscript", name, _put("a.md", f"---\nheadline: 题\n---\n\n{body}\n".encode("utf-8", "surrogatepass")))
        for name, body in BODIES.items()
    )
    yield from (Case("picture", name, _put("p.jpg", data)) for name, data in PICTURES.items())
    yield from (Case("plan", name, _instead("issue.toml", old, new)) for name, (old, new) in PLANS.items())
    yield from (Case("name", name, work) for name, work in NAMES.items())
