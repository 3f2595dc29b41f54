"""What every test stands on: the fonts are fenced in before anything loads Pango, and nothing depends on the clock."""

import os

from layout.engine.patches import font_isolation

font_isolation.install()
os.environ.setdefault("SOURCE_DATE_EPOCH", "1770000000")
