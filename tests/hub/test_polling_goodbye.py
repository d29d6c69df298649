"""A polling client that says goodbye is let go at once."""

import asyncio
import json

import httpx2

from tests.builders.people import People
from tests.conftest import RunningServer
from tests.waiting import until

CLOSE, NOOP = "1", "6"


async def test_the_pending_poll_of_a_client_that_leaves_is_answered(
    server: RunningServer, people: People
) -> None:
    athlete = await people.athlete()
    token = json.dumps({"token": athlete.tokens["access_token"]})
    address = f"{server.url}/hubs/workout/"
    params = {"EIO": "4", "transport": "polling"}
    async with httpx2.AsyncClient(timeout=5) as http:
        opened = await http.get(address, params=params)
        params["sid"] = json.loads(opened.text[1:])["sid"]
        await http.post(address, params=params, content=f"40{token}")
        await http.get(address, params=params)
        pending = asyncio.ensure_future(http.get(address, params=params))
        queue = server.container.hub().socket.eio.sockets[params["sid"]].queue
        await until(lambda: bool(queue._getters), what="the pending poll")
        await http.post(address, params=params, content=CLOSE)

        answered = await pending

        gone = await http.get(address, params=params)
    assert answered.text == NOOP
    assert gone.status_code == 400
