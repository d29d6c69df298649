"""What is noted of the hub's work."""

from typing import Protocol


class HubObserver(Protocol):
    """Is told how the hub goes; never sees a payload."""

    def connected(self) -> None:
        """Note a new connection."""
        ...

    def disconnected(self) -> None:
        """Note the end of a connection."""
        ...

    def handled(self, event: str, *, outcome: str, milliseconds: float) -> None:
        """Note how a client's message went: ``ok``, a refusal's code or ``internal_error``."""
        ...

    def failed(self, event: str, error: BaseException) -> None:
        """Note a bug with its traceback."""
        ...

    def delivered(self, count: int) -> None:
        """Note pushes handed to sockets."""
        ...

    def dropped(self, sid: str) -> None:
        """Note a client that was cut off because it stopped reading."""
        ...
