"""The one way this product writes JSON: RFC 3339 instants, numbers for decimals, enums by value."""

from typing import Any

import msgspec

_encoder = msgspec.json.Encoder(decimal_format="number")


def encode(value: Any) -> bytes:  # noqa: ANN401 - whatever is JSON-shaped
    """Encode views, events and plain values."""
    return _encoder.encode(value)


def left_out() -> Any:  # noqa: ANN401 - stands for a value of whatever type
    """Return the default of a view's field that is not written where nothing is said."""
    return msgspec.UNSET


def raw(encoded: bytes | str) -> msgspec.Raw:
    """Mark a text that is JSON already, so that it is spliced in as it is."""
    return msgspec.Raw(encoded)


def part(encoded: bytes, name: str) -> Any:  # noqa: ANN401 - JSON is untyped
    """Return one field of an encoded object as JSON that is spliced in as it is."""
    return msgspec.json.decode(encoded, type=dict[str, msgspec.Raw])[name]


def decode(text: bytes | str) -> Any:  # noqa: ANN401 - JSON is untyped
    """Read JSON this product wrote itself."""
    return msgspec.json.decode(text)


class NotReadable(ValueError):
    """Packed bytes that are not of the expected form, as from another release."""


def pack(value: Any) -> bytes:  # noqa: ANN401 - whatever a query answers
    """Write an answer for the cache; encoded JSON inside it stays as it is."""
    return msgspec.msgpack.encode(value)


def unpack(packed: bytes, form: Any) -> Any:  # noqa: ANN401 - a type, and a value of it
    """
    Read back what ``pack`` wrote of a value of type ``form``.

    Raises:
        NotReadable: it is no such value.
    """
    try:
        return msgspec.msgpack.decode(packed, type=form)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise NotReadable(str(error)) from error
