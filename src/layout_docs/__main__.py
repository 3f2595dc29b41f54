"""Writes docs/ anew where it is made from the program's tables: ``python -m layout_docs``."""

from layout import assets
from layout_docs.pages import out_of_date

if __name__ == "__main__":
    for path, text in out_of_date(assets.root()).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        print(f"{path.relative_to(assets.root())}: 已更新 written")
