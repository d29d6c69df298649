"""From the text of a cell to a value that makes sense, or to the reason why it does not."""

import re
from decimal import ROUND_HALF_EVEN, Decimal

from workout_domain.portability.training_log import LoggedUnit
from workout_infrastructure.portability.formats.reading import RowProblem, plain

MAX_WEIGHT = Decimal("9999.999")
MAX_REPS = 9_999
MAX_SET_SECONDS = 86_400
MAX_DISTANCE_METERS = 1_000_000
MAX_DURATION_MINUTES = 100_000

_NUMBER = re.compile(r"[+-]?\d{1,15}(?:[.,]\d{1,15})?(?:e[+-]?\d{1,2})?", re.ASCII | re.IGNORECASE)
_DURATION = re.compile(
    r"(?:(?P<hours>\d{1,5}) ?(?:h|hr|hrs|std\.?))? ?"
    r"(?:(?P<minutes>\d{1,5}) ?(?:m|min|mins|min\.))? ?"
    r"(?:(?P<seconds>\d{1,5}) ?(?:s|sec|secs|sek\.?))?",
    re.ASCII,
)
_DECIMALS = 3
_THOUSANDTH = Decimal("0.001")
_WEIGHT_UNITS: dict[str, LoggedUnit] = {
    **dict.fromkeys(("kg", "kgs", "kilograms"), "kilograms"),
    **dict.fromkeys(("lb", "lbs", "pounds"), "pounds"),
}
# Exact by the international yard and pound agreement of 1959.
_METERS = {
    **dict.fromkeys(("m", "meter", "meters", "metres"), Decimal(1)),
    **dict.fromkeys(("km", "kilometers", "kilometres"), Decimal(1000)),
    **dict.fromkeys(("mi", "mile", "miles"), Decimal("1609.344")),
    **dict.fromkeys(("yd", "yards"), Decimal("0.9144")),
    **dict.fromkeys(("ft", "feet"), Decimal("0.3048")),
}


def number(text: str, what: str) -> Decimal | None:
    """
    Read a number; None when the cell is empty.

    A comma inside a cell is always a decimal comma: where the comma parts the columns, a cell can
    only hold one when it is quoted. Thousands separators are refused rather than guessed.

    Raises:
        RowProblem: bad_number.
    """
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise RowProblem("bad_number", f"{_shown(what)} “{text[:40]}” is not a number.")
    return Decimal(text.replace(",", "."))


def measure(text: str, what: str, highest: Decimal | int) -> Decimal | None:
    """
    Read a measure of which zero means that there is none.

    Raises:
        RowProblem: bad_number, or <what>_out_of_range when negative or above `highest`.
    """
    return _in_range(number(text, what), what, highest) or None


def weight(text: str) -> Decimal | None:
    """
    Read a weight as it was entered; a fourth decimal and more are rounded away, half to even.

    Raises:
        RowProblem: bad_number or weight_out_of_range.
    """
    amount = _in_range(number(text, "weight"), "weight", MAX_WEIGHT)
    return None if amount is None else _at_most_thousandths(amount)


def repetitions(text: str) -> int | None:
    """
    Read a count of repetitions, also written as `10.0`.

    Raises:
        RowProblem: bad_number, reps_out_of_range or reps_not_whole.
    """
    count = measure(text, "reps", MAX_REPS)
    if count is None:
        return None
    if count != count.to_integral_value():
        raise RowProblem("reps_not_whole", f"Reps “{text[:40]}” is not a whole number.")
    return int(count)


def seconds(text: str) -> int | Decimal | None:
    """
    Read the seconds a set or a rest took; whole ones as int.

    Raises:
        RowProblem: bad_number or duration_out_of_range.
    """
    amount = measure(text, "duration", MAX_SET_SECONDS)
    if amount is None:
        return None
    rounded = _at_most_thousandths(amount)
    whole = rounded == rounded.to_integral_value()
    return (int(rounded) if whole else rounded) or None


def effort(text: str) -> Decimal | None:
    """
    Read a rating of perceived exertion, 1 to 10.

    Raises:
        RowProblem: bad_number or rpe_out_of_range.
    """
    rating = _in_range(number(text, "rpe"), "rpe", 10)
    if rating is not None and rating < 1:
        raise RowProblem("rpe_out_of_range", f"RPE {rating} is below 1.")
    return rating


def distance(text: str, unit: str) -> Decimal | None:
    """
    Read a distance and convert it to metres, to the millimetre.

    Raises:
        RowProblem: bad_number, unknown_unit or distance_out_of_range.
    """
    amount = number(text, "distance")
    if not amount:
        return None
    factor = _METERS.get(plain(unit).rstrip("."))
    if factor is None:
        raise RowProblem("unknown_unit", f"“{unit[:40]}” is not a known unit of distance.")
    meters = _in_range(amount * factor, "distance", MAX_DISTANCE_METERS)
    return (_at_most_thousandths(meters) or None) if meters else None


def weight_unit(text: str) -> LoggedUnit:
    """
    Read a unit of weight in any of its usual spellings.

    Raises:
        RowProblem: unknown_unit.
    """
    unit = _WEIGHT_UNITS.get(plain(text).rstrip("."))
    if unit is None:
        raise RowProblem("unknown_unit", f"“{text[:40]}” is not a known unit of weight.")
    return unit


def duration_minutes(text: str) -> Decimal | None:
    """
    Read how long a workout took: `38min`, `5m`, `1h 30m`, `2h`, or a bare number of seconds.

    Raises:
        RowProblem: bad_duration.
    """
    if not text:
        return None
    if _NUMBER.fullmatch(text):
        total = number(text, "duration")
    else:
        match = _DURATION.fullmatch(plain(text))
        if match is None:
            raise RowProblem("bad_duration", f"“{text[:40]}” is not a duration.")
        parts = [int(match[unit] or 0) for unit in ("hours", "minutes", "seconds")]
        total = Decimal(parts[0] * 3600 + parts[1] * 60 + parts[2])
    if total is None or not 0 <= total <= MAX_DURATION_MINUTES * 60:
        raise RowProblem("bad_duration", f"A workout cannot take “{text[:40]}”.")
    return _at_most_thousandths(total / 60)


def _in_range(value: Decimal | None, what: str, highest: Decimal | int) -> Decimal | None:
    if value is not None and not 0 <= value <= highest:
        message = f"{_shown(what)} {value} is not between 0 and {highest}."
        raise RowProblem(f"{what}_out_of_range", message)
    return value


def _at_most_thousandths(value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or -_DECIMALS <= exponent <= 0:
        return value
    step = _THOUSANDTH if exponent < 0 else Decimal(1)
    return value.quantize(step, rounding=ROUND_HALF_EVEN)


def _shown(what: str) -> str:
    return "RPE" if what == "rpe" else what.capitalize()
