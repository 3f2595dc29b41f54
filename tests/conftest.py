"""What every test stands on: the fonts are fenced in before anything loads Pango, and nothing depends on the clock."""

import os

from layout import assets
from layout.fontbook import isolate

isolate(assets.fonts_dir())
os.environ.setdefault("SOURCE_DATE_EPOCH", "1770000000")
