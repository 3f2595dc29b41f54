"""``plain_weasyprint.py PAGE.html OUT.pdf``: what WeasyPrint does by itself."""

import sys

from weasyprint import HTML

HTML(sys.argv[1]).write_pdf(sys.argv[2])
