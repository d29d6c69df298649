"""P10: twenty people sign in at once, over and over, while somebody reads pages."""

import asyncio
import itertools
import json
from collections.abc import Sequence
from statistics import median
from time import perf_counter
from typing import Final

from benchmarks.load import NextRequest, Run, drive, post
from benchmarks.processes import HOST, ServerProcess
from benchmarks.report import Figure, at_most, known, say, spread
from benchmarks.requests import pages
from benchmarks.stage import Stage

LOGINS: Final = 20
FLOOD: Final = 100
_PASSWORD: Final = "a password of the measurements"  # noqa: S105 - of accounts made for this run
_REFUSED: Final = b"429"


async def measure(stage: Stage) -> list[Figure]:
    """Compare pages read during the storm with pages read before it."""
    say("P10 login storm")
    idle: list[Run] = []
    stormy: list[Run] = []
    pulses: list[float] = []
    logins: list[float] = []
    with stage.product() as product:
        credentials = await _accounts(product, LOGINS)
        for _ in range(stage.rounds):
            ask = pages(stage.people.trainers, "/api/v1/workouts?limit=20")
            idle.append(await drive(product, ask, connections=1, seconds=stage.seconds))
            storm = drive(
                product, _sign_ins(credentials), connections=LOGINS, seconds=stage.seconds
            )
            page = drive(product, ask, connections=1, seconds=stage.seconds)
            pulse = drive(
                product, pages(stage.people.trainers, "/health/live"), connections=1,
                seconds=stage.seconds,
            )  # fmt: skip
            signed_in, read, felt = await asyncio.gather(storm, page, pulse)
            stormy.append(read)
            logins.append(signed_in.rate)
            pulses += felt.latencies
        refused = await _flood(product, credentials)
    ratios = [
        after.percentile(0.99) / before.percentile(0.99)
        for before, after in zip(idle, stormy, strict=True)
    ]
    pulse_99 = sorted(pulses)[int(len(pulses) * 0.99)] * 1000
    return [
        at_most("P10", "page p99 during 20 logins at once to idle", 2.0, median(ratios), "x"),
        at_most("P10", "route without database p99: loop lag and all", 10.0, pulse_99, " ms"),
        at_most(
            "P10", "logins beyond the queue refused, slowest", 50.0, max(refused) * 1000, " ms"
        ),
        known("P10", "logins a second", spread(logins)),
        known("P10", f"refused of {FLOOD} at once", str(len(refused))),
    ]


async def _accounts(server: ServerProcess, count: int) -> list[bytes]:
    """Register people through the front door; returns the bodies that sign them in."""
    bodies = []
    for number in range(count):
        name = f"storm{number}"
        registration = {
            "username": name,
            "email": f"{name}@example.com",
            "password": _PASSWORD,
            "first_name": "Storm",
            "last_name": str(number),
        }
        bodies.append(json.dumps({"username": name, "password": _PASSWORD}).encode())
        body = json.dumps(registration).encode()
        await drive(
            server,
            itertools.repeat(_anonymous("/api/v1/auth/register", body)).__next__,
            connections=1,
            seconds=10,
            most=1,
        )
    return bodies


def _sign_ins(bodies: Sequence[bytes]) -> NextRequest:
    ready = [_anonymous("/api/v1/auth/login", body) for body in bodies]
    return itertools.cycle(ready).__next__


def _anonymous(path: str, body: bytes) -> bytes:
    return post(path, "none", body)


async def _flood(server: ServerProcess, bodies: Sequence[bytes]) -> list[float]:
    """Send far more logins at once than the queue takes; returns how long refusals took."""
    requests = [_anonymous("/api/v1/auth/login", bodies[n % len(bodies)]) for n in range(FLOOD)]
    streams = [await asyncio.open_connection(HOST, server.port) for _ in requests]

    async def ask(number: int) -> float | None:
        reader, writer = streams[number]
        started = perf_counter()
        writer.write(requests[number])
        status = (await reader.readline()).split()[1]
        took = perf_counter() - started
        writer.close()
        return took if status == _REFUSED else None

    answers = await asyncio.gather(*(ask(number) for number in range(FLOOD)))
    return [took for took in answers if took is not None]
