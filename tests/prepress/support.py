"""One page as WeasyPrint paints it, with everything on it that the finishing has to mend."""

from datetime import UTC, datetime
from pathlib import Path

from PIL import Image

TRIM = (200 * 72 / 25.4, 280 * 72 / 25.4)
DATE = datetime(2026, 2, 4, 8, 30, tzinfo=UTC)

PAGE = """<html lang="zh"><head><title>原题</title><style>
@page { size: 200mm 280mm; margin: 12mm; @BLEED@ }
html { font: 9pt "Song 400"; color: device-cmyk(0 0 0 1) }
h1 { font: 30pt "FandolFang"; margin: 0 }
.rgb { color: black } .small { font-size: 8pt; font-family: "FandolFang" }
.tint { background: device-cmyk(.3 0 0 0) } .white { color: device-cmyk(0 0 0 0) }
.red { color: device-cmyk(0 1 1 0) } .gray { color: device-cmyk(0 0 0 .5) }
.top { border-top: .5pt solid device-cmyk(0 0 0 1) } .frame { border: .5pt solid device-cmyk(0 0 0 1) }
.thick { height: 3pt; background: device-cmyk(0 0 0 1) } .thin { height: .4pt; background: device-cmyk(0 0 0 1) }
.through { opacity: .5 } .columns { columns: 2; column-rule: .3pt solid device-cmyk(0 0 0 1) }
</style></head><body>
<h1>特刊大标题</h1>
<p class="tint">正文压平网，<span class="white">反白</span>，<span class="red">红字</span>，
<span class="gray">灰字</span>，再回正文。</p>
<p class="rgb">默认的黑是 RGB 黑。</p><p class="small">仿宋小字 CFF。</p>
<p class="top">上线</p><p class="frame">线框</p><div class="thin"></div><div class="thick"></div>
<div class="through tint">半透明的一组</div>
<div class="columns">甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚辛壬癸</div>
<p><a href="https://example.org/" style="color: inherit; text-decoration: none">链接</a></p>
<svg width="120" height="20" viewBox="0 0 120 20"><rect width="120" height="1" fill="device-cmyk(0 0 0 1)"/>
<path d="M0 10H120" stroke="device-cmyk(0 0 0 1)" stroke-width=".5" fill="none"/><circle cx="9" cy="9" r="5"/></svg>
<img src="@PICTURE@" style="width: 40mm">@MORE@
</body></html>"""


def paint(folder: Path, more: str = "", bleed: str = "", options: dict | None = None) -> bytes:
    """WeasyPrint's PDF of the page, with *more* HTML at its end."""
    import weasyprint

    picture = folder / "picture.jpg"
    gradient = Image.radial_gradient("L").resize((160, 120))
    nothing = Image.new("L", gradient.size)
    Image.merge("CMYK", (gradient, nothing, nothing, nothing)).save(picture, quality=85)
    html = PAGE.replace("@PICTURE@", picture.as_uri()).replace("@MORE@", more).replace("@BLEED@", bleed)
    return weasyprint.HTML(string=html).write_pdf(**(options or {}))
