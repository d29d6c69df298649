"""How series are told apart: by colour, and by shape for who sees no colours."""

from dataclasses import dataclass
from typing import Final

# Okabe and Ito's colours for all kinds of colour vision, without their yellow: too pale on white.
_COLOURS: Final = (
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000",
)  # fmt: skip
_DASHES: Final = ("-", "--", ":", "-.")
_MARKERS: Final = ("o", "s", "^", "D", "v", "P", "X")
_HATCHES: Final = ("", "//", "..", "xx")


@dataclass(frozen=True, slots=True)
class Mark:
    """The looks of one series, in matplotlib's words."""

    colour: str
    dashes: str
    marker: str
    hatch: str


def mark_of(place: int) -> Mark:
    """Return the looks of the series at a place, counted from 0; 28 differ from one another."""
    round_, colour = divmod(place, len(_COLOURS))
    return Mark(
        colour=_COLOURS[colour],
        dashes=_DASHES[round_ % len(_DASHES)],
        marker=_MARKERS[colour],
        hatch=_HATCHES[round_ % len(_HATCHES)],
    )
