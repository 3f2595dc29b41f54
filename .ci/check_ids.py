"""Adds the ids of new checks to docs/check-ids.txt. None is ever taken out: see src/layout/checks/retired.toml."""

from pathlib import Path

from layout.checks import registry

LIST = Path(__file__).resolve().parent.parent / "docs" / "check-ids.txt"


def main() -> None:
    """Writes the list anew: its head, and all ids that it had or that there are, sorted."""
    lines = LIST.read_text(encoding="utf-8").splitlines()
    head = [line for line in lines if line.startswith("#")]
    ids = sorted({*registry().all(), *(line for line in lines if line and not line.startswith("#"))})
    LIST.write_text("\n".join([*head, *ids]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
