"""P4: 500 watchers of one session at 20 sets a second."""

import statistics
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

import msgspec
import redis.asyncio as redis

from benchmarks.comparing import repeated
from benchmarks.load import NextRequest, OpenLoop, no_collections, paced, percentile, post
from benchmarks.processes import ServerProcess, settle
from benchmarks.report import Figure, at_most, known, ratios, say, spread
from benchmarks.requests import MARK, numbered, numbers, sets
from benchmarks.sockets import (
    HUB_PATH,
    Deliveries,
    RawWatcher,
    Watcher,
    connect,
    disconnect,
)
from benchmarks.stage import Stage
from workout_application.messaging.live import session_room
from workout_infrastructure.push.channel import CHANNEL

WATCHERS: Final = 500
RATE: Final = 20.0
SECONDS: Final = 5.0
SENDERS: Final = 4


@dataclass(frozen=True, slots=True)
class Fan:
    """What one run came to."""

    deliveries: int
    lost: int
    cpu_us: float
    p50: float
    p99: float


Trigger = Callable[[Callable[[float], None], int], Awaitable[None]]


async def measure(stage: Stage) -> list[Figure]:
    """Deliver the same text to the same number of watchers of both servers."""
    say(f"P4 {WATCHERS} watchers, {RATE:g} sets/s")
    star, trainers = stage.people.star, stage.people.trainers
    with stage.floor() as floor, stage.product() as product:
        arrived = {name: Deliveries() for name in ("floor", "product")}
        raw = [RawWatcher(arrived["floor"]) for _ in range(WATCHERS)]
        members = [
            Watcher(arrived["product"], trainers[number % len(trainers)].token, star.session_id)
            for number in range(WATCHERS)
        ]
        joining = await connect(members, product.port, HUB_PATH)
        await connect(raw, floor.port, "/watch")
        say(f"  {WATCHERS / joining:.0f} joins/s")
        by_http = await OpenLoop.open(product.port, SENDERS)
        by_emit = await OpenLoop.open(floor.port, SENDERS)
        bus = redis.from_url(stage.redis_url)
        logged = sets([star])

        await _one_run(product, arrived["product"], _through(by_http, logged))
        text = arrived["product"].sample
        triggers: dict[str, tuple[ServerProcess, Deliveries, Trigger]] = {
            "floor": (floor, arrived["floor"], _through(by_emit, _emitting(text))),
            "product": (product, arrived["product"], _through(by_http, logged)),
            "product, from Redis": (
                product,
                arrived["product"],
                _published(bus, session_room(star.session_id), text),
            ),
        }

        async def rounds() -> dict[str, list[Fan]]:
            found: dict[str, list[Fan]] = {name: [] for name in triggers}
            for _ in range(stage.rounds):
                for name, (server, deliveries, trigger) in triggers.items():
                    found[name].append(await _one_run(server, deliveries, trigger))
            return found

        found = await repeated(rounds, lambda fans: [fan.cpu_us for fan in fans["floor"]])
        disconnect([*raw, *members])
        by_http.close()
        by_emit.close()
        await bus.aclose()
    for name, fans in found.items():
        say(
            f"  {name:20} cpu us/delivery {spread([fan.cpu_us for fan in fans])}"
            f"  p50 ms {spread([fan.p50 * 1e3 for fan in fans])}"
            f"  p99 ms {spread([fan.p99 * 1e3 for fan in fans])}"
            f"  lost {sum(fan.lost for fan in fans)}"
        )
    return _figures(found)


def _figures(found: dict[str, list[Fan]]) -> list[Figure]:
    def ratio(name: str, figure: Callable[[Fan], float]) -> float:
        floors = [figure(fan) for fan in found["floor"]]
        return statistics.median(ratios([figure(fan) for fan in found[name]], floors))

    details: dict[str, Any] = {
        name: {
            "cpu_us_per_delivery": [round(fan.cpu_us, 2) for fan in fans],
            "p50_ms": [round(fan.p50 * 1e3, 2) for fan in fans],
            "p99_ms": [round(fan.p99 * 1e3, 2) for fan in fans],
            "lost": sum(fan.lost for fan in fans),
        }
        for name, fans in found.items()
    }
    internal = "product, from Redis"
    return [
        at_most(
            "P4",
            "fan-out: cpu per delivery to the raw floor's, logging the sets included",
            1.5,
            ratio("product", lambda fan: fan.cpu_us),
            "x",
            rounds=details,
        ),
        at_most(
            "P4",
            "fan-out: p99 from the POST to the raw floor's",
            2.0,
            ratio("product", lambda fan: fan.p99),
            "x",
        ),
        known(
            "P4",
            "fan-out alone, events from another process: cpu, p99",
            f"{ratio(internal, lambda fan: fan.cpu_us):.3g}x,"
            f" {ratio(internal, lambda fan: fan.p99):.3g}x",
        ),
        known("P4", "deliveries lost", str(sum(fan.lost for fan in found["product"]))),
    ]


async def _one_run(server: ServerProcess, deliveries: Deliveries, trigger: Trigger) -> Fan:
    count = int(RATE * SECONDS)
    deliveries.due.clear()
    deliveries.latencies.clear()
    await settle()

    def note_due(due: float) -> None:
        deliveries.due[numbers.latest + 1] = due

    with no_collections():
        before = server.sample().cpu_seconds
        await trigger(note_due, count)
        lost = await deliveries.complete(count * WATCHERS)
        spent = server.sample().cpu_seconds - before
    times = deliveries.latencies
    if not times:
        raise RuntimeError(f"{server.name} delivered nothing.\n{server.last_lines()}")
    return Fan(
        len(times),
        lost,
        spent * 1e6 / max(1, len(times)),
        percentile(times, 0.5),
        percentile(times, 0.99),
    )


def _through(senders: OpenLoop, next_request: NextRequest) -> Trigger:
    async def trigger(note_due: Callable[[float], None], count: int) -> None:
        senders.latencies.clear()
        await senders.run(next_request, rate=RATE, count=count, note_due=note_due)

    return trigger


def _emitting(text: bytes) -> NextRequest:
    return numbered(post("/emit", "-", text))


def _published(bus: Any, room: str, text: bytes) -> Trigger:
    """Hand events over the way another process of the product does."""
    payload = text.partition(b",")[2][:-1]
    following = numbered(
        msgspec.json.encode(["bench", [[room, "SetLogged", None, msgspec.Raw(payload)]]])
    )

    async def trigger(note_due: Callable[[float], None], count: int) -> None:
        async for due in paced(rate=RATE, count=count):
            note_due(due)
            await bus.publish(CHANNEL, following())

    assert MARK.encode() in payload
    return trigger
