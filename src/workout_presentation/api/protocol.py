"""HTTP/1.1 as uvicorn reads it, with an end to how much may come before a body."""

from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

LONGEST_HEAD: Final = 65_536
_REFUSAL: Final = b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class BoundedHead(HttpToolsProtocol):
    """
    Ends a connection whose request line and headers do not end.

    The parser keeps all of it in memory until then. What arrives at once is read at once, so a
    head that is longer than the bound but complete with the next reading still passes.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - uvicorn's own
        super().__init__(*arguments, **options)
        self._awaits_head = False
        self._head_bytes = 0

    def on_message_begin(self) -> None:
        """Begin to read a head."""
        self._awaits_head, self._head_bytes = True, 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Be done with it."""
        self._awaits_head = False
        super().on_headers_complete()

    def data_received(self, data: bytes) -> None:
        """Read on, unless the head is too long by now."""
        super().data_received(data)
        if not self._awaits_head:
            return
        if self._head_bytes > LONGEST_HEAD:
            self._awaits_head = False
            self.send_400_response("The request's head is too long.")
        self._head_bytes += len(data)


class AnsweringWebSocket(WebSocketsSansIOProtocol):
    """
    Refuses a handshake it cannot read.

    Its parser takes shorter and fewer headers than the one before it; without an answer such a
    connection would stay open for ever, asked for by nobody who signed in.
    """

    def data_received(self, data: bytes) -> None:
        """Read on, unless the handshake was none."""
        super().data_received(data)
        if self.conn.handshake_exc is not None and not self.handshake_initiated:
            self.transport.write(b"".join(self.conn.data_to_send()) or _REFUSAL)
            self.transport.close()
