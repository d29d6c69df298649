"""What the server's answers mean to a client: what was asked for, or a refusal."""

from decimal import Decimal
from typing import Any

import httpx2


class DemoFailed(Exception):
    """The demo cannot go on; its text is a sentence for the person at the terminal."""


class Refused(DemoFailed):
    """The server answered no; ``code`` is its stable word for why."""

    def __init__(self, asked: str, code: str, message: str) -> None:
        super().__init__(f"{asked} was refused ({code}): {message}")
        self.code = code


def answer_of(asked: str, response: httpx2.Response) -> Any:  # noqa: ANN401 - JSON is untyped
    """
    Return the whole body of a success.

    Raises:
        Refused: the server refused, or what answers is not this product.
    """
    try:
        body = response.json()
    except ValueError:
        body = None
    if response.is_success and isinstance(body, dict):
        return body
    said: dict[str, Any] = body if isinstance(body, dict) else {}
    code = str(said.get("code") or f"status {response.status_code}")
    raise Refused(asked, code, _sentence(said) or "There was no answer to read.")


def acknowledged(asked: str, ack: Any) -> Any:  # noqa: ANN401 - JSON is untyped
    """
    Return the data of an acknowledgement of the hub.

    Raises:
        Refused: the hub refused.
    """
    if isinstance(ack, dict) and ack.get("success") is True:
        return ack.get("data")
    said: dict[str, Any] = ack if isinstance(ack, dict) else {}
    raise Refused(asked, str(said.get("code") or "no_acknowledgement"), _sentence(said))


def json_number(value: Decimal | int) -> int | float:
    """Write a number as JSON has it: whole ones without a fraction."""
    return int(value) if value == int(value) else float(value)


def _sentence(said: dict[str, Any]) -> str:
    details = [str(one.get("message")) for one in said.get("errors") or () if isinstance(one, dict)]
    return " ".join([str(said.get("message") or ""), *details]).strip()
