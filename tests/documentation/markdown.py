"""What the tests read out of the documents."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
README: Final = ROOT / "README.md"
_FENCE: Final = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK: Final = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
_HEADING: Final = re.compile(r"^#+ (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block."""

    language: str
    text: str


def section(document: str, title: str) -> str:
    """Return what stands under a heading of the second level."""
    _, _, following = document.partition(f"\n## {title}\n")
    assert following, f"there is no section {title!r}"
    return following.partition("\n## ")[0]


def blocks(text: str) -> list[Block]:
    """Return the fenced blocks, in order."""
    return [Block(language, body) for language, body in _FENCE.findall(text)]


def prose(text: str) -> str:
    """Return the text without its fenced blocks."""
    return _FENCE.sub("", text)


def links(path: Path) -> list[str]:
    """Return the targets of a document's links, those to other sites left out."""
    found: list[str] = _LINK.findall(prose(path.read_text(encoding="utf-8")))
    return [target for target in found if "://" not in target]


def anchors(path: Path) -> set[str]:
    """Return the anchors a document's headings get."""
    headings: list[str] = _HEADING.findall(prose(path.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in headings}


def documents() -> list[Path]:
    """Return every markdown document of the product."""
    return [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
