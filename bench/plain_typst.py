"""``plain_typst.py PAGE.typ OUT.pdf FONTS``: what Typst does by itself."""

import sys

import typst

typst.compile(sys.argv[1], output=sys.argv[2], root="/", font_paths=[sys.argv[3]], ignore_system_fonts=True)
