"""How uvicorn serves the application: figures that were measured or bitten by."""

from typing import Final

import uvicorn
from starlette.types import ASGIApp

from workout_presentation.api.protocol import AnsweringWebSocket, BoundedHead
from workout_presentation.composition.settings import Settings

GRACE_SECONDS: Final = 10


def server_config(app: ASGIApp, settings: Settings) -> uvicorn.Config:
    """
    Configure one API process.

    The sansio WebSocket protocol is what direct pushes rely on; permessage-deflate doubles the
    memory of a connection; logging is our own.
    """
    return uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http=BoundedHead,
        ws=AnsweringWebSocket,
        ws_per_message_deflate=False,
        ws_max_size=settings.largest_body_bytes,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
        timeout_keep_alive=75,
        backlog=2048,
    )
