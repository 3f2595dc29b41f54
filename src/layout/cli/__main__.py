"""``python -m layout.cli`` is ``layout``."""

from layout.cli.entry import main

main()
