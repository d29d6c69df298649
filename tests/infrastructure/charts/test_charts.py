"""Charts as pictures: readable, the same each time, whatever people call their things."""

import asyncio
import io
import re
import subprocess
import sys
from typing import Final
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from tests.builders.charts import HOSTILE, a_chart, of_every_shape, rising
from workout_application.reporting.series import ChartKind, LabelType
from workout_domain.kernel.errors import Unavailable
from workout_infrastructure.charts.studio import LONGEST_QUEUE, Studio

SVG: Final = "{http://www.w3.org/2000/svg}"
SHAPES: Final = of_every_shape()
DRAW: Final = """
import hashlib
from tests.builders.charts import of_every_shape
from workout_infrastructure.charts.drawing import draw_png, draw_svg
for chart in of_every_shape().values():
    print(hashlib.sha256(draw_svg(chart) + draw_png(chart)).hexdigest())
"""


@pytest.fixture
def studio() -> Studio:
    """Return a studio of its own."""
    return Studio()


def parsed(svg: bytes) -> ET.Element:
    """Read a picture as XML."""
    return ET.fromstring(svg)  # noqa: S314 - drawn here


def texts(svg: bytes) -> list[str]:
    """Return every text of a picture that is shown."""
    return [element.text or "" for element in parsed(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("shape", SHAPES)
async def test_every_shape_is_drawn_with_title_and_units(studio: Studio, shape: str) -> None:
    svg = await studio.svg(SHAPES[shape])
    png = await studio.png(SHAPES[shape])

    assert {"Weight progression: Back squat", "Estimated 1RM (kg)", "Day"} <= set(texts(svg))
    assert Image.open(io.BytesIO(png)).width == 1152


@pytest.mark.parametrize("shape", ["no labels", "no values"])
async def test_without_data_a_chart_says_so(studio: Studio, shape: str) -> None:
    svg = await studio.svg(SHAPES[shape])

    assert "No data" in texts(svg)
    assert b"no data" in svg.partition(b"</desc>")[0]


def test_two_processes_draw_the_same_bytes() -> None:
    drawn = [
        subprocess.run(
            [sys.executable, "-c", DRAW],
            env={"PYTHONPATH": "src:.", "PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": seed},
            check=True,
            capture_output=True,
        ).stdout.split()
        for seed in ("1", "2")
    ]

    assert drawn[0] == drawn[1]
    assert len(drawn[0]) == len(SHAPES)


async def test_names_are_shown_as_they_are_written_and_never_as_markup(studio: Studio) -> None:
    chart = a_chart(
        {name: rising(len(HOSTILE), place) for place, name in enumerate(HOSTILE)},
        labels=HOSTILE,
        label_type=LabelType.CATEGORY,
        title="$\\alpha$ <b>&amp;</b>",
        notes=HOSTILE,
    )

    svg = await studio.svg(chart)
    await studio.png(chart)

    shown = texts(svg)
    assert "$\\alpha$ <b>&amp;</b>" in shown
    assert {"_hidden", "<script>alert(1)</script> & ]]>", "שלום עולם", "gnp.exe"} <= set(shown)
    assert "xyz end" in shown
    assert not list(parsed(svg).iter(f"{SVG}script"))
    assert max(map(len, shown)) <= 125


async def test_a_chart_says_what_it_is_to_who_cannot_see_it(studio: Studio) -> None:
    svg = await studio.svg(a_chart({"Squat": rising(3), "Bench & press": rising(3)}))

    root = parsed(svg)
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "Weight progression: Back squat"
    assert root.findtext(f"{SVG}desc") == (
        "A line chart of Estimated 1RM (kg) by Day: Squat, Bench & press."
    )


async def test_a_picture_asks_for_nothing_from_elsewhere(studio: Studio) -> None:
    svg = await studio.svg(SHAPES["stacked"])

    assert b"<!DOCTYPE" not in svg
    assert b"<metadata" not in svg
    assert all(reference.startswith(b"#") for reference in re.findall(rb'href="([^"]*)"', svg))


@pytest.mark.parametrize("shape", ["500 days", "500 names", "weeks", "two points", "stacked"])
async def test_labels_stay_few_enough_to_read(studio: Studio, shape: str) -> None:
    root = parsed(await studio.svg(SHAPES[shape]))

    ticks = [group for group in root.iter(f"{SVG}g") if group.get("id", "").startswith("xtick_")]
    assert 2 <= len(ticks) <= 30


async def test_a_label_of_a_single_day_is_that_day(studio: Studio) -> None:
    shown = texts(await studio.svg(a_chart({"Volume": [7]}, kind=ChartKind.BAR)))

    assert "5 Jan" in shown
    assert "2026" in shown


async def test_a_line_goes_on_over_labels_without_a_value(studio: Studio) -> None:
    with_gap = a_chart({"Squat": [1, None, 3]})
    without = a_chart({"Squat": [1, 3]}, labels=[with_gap.labels[0], with_gap.labels[2]])

    assert await studio.png(with_gap) == await studio.png(without)


async def test_the_event_loop_goes_on_while_charts_are_drawn(studio: Studio) -> None:
    drawing = asyncio.gather(*(studio.png(SHAPES["500 names"]) for _ in range(2)))
    turns = 0
    while not drawing.done():
        await asyncio.sleep(0)
        turns += 1

    assert turns > 50


async def test_too_many_drawings_at_once_are_refused_and_the_rest_is_drawn(studio: Studio) -> None:
    waiting = [asyncio.ensure_future(studio.svg(SHAPES["one point"])) for _ in range(LONGEST_QUEUE)]
    await asyncio.sleep(0)

    with pytest.raises(Unavailable):
        await studio.svg(SHAPES["one point"])

    assert len(set(await asyncio.gather(*waiting))) == 1
    assert await studio.svg(SHAPES["one point"])


def test_a_process_that_never_draws_reads_none_of_it() -> None:
    code = (
        "import sys; import workout_presentation.composition.container, "
        "workout_presentation.composition.reporting; "
        "print([name for name in ('matplotlib', 'numpy', 'fpdf', 'PIL') if name in sys.modules])"
    )

    printed = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    ).stdout

    assert printed.strip() == "[]"
