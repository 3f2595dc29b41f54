"""``python -m layout.cli`` is ``layout``."""

from layout.cli.app import main

main()
