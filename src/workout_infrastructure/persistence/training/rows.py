"""Turns a row whose nested parts are JSON text already into JSON bytes."""

from collections.abc import Mapping
from typing import Any

from workout_application.encoding import encode, raw

_SUFFIX = "_json"


def shown(row: Mapping[str, Any]) -> bytes:
    """Encode a row; a column named ``x_json`` is spliced in as ``x``, None stays null."""
    return encode(
        {
            name.removesuffix(_SUFFIX): (
                raw(value) if value is not None and name.endswith(_SUFFIX) else value
            )
            for name, value in row.items()
        }
    )
