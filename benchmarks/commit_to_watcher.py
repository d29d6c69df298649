"""P6, first half: from a logged set to those who watch the session, 1,000 sockets at 300 sets/s."""

import statistics
from time import perf_counter
from typing import Any, Final

from benchmarks.load import OpenLoop, no_collections, percentile
from benchmarks.processes import settle
from benchmarks.report import Figure, at_most, known, say, spread
from benchmarks.requests import numbers, sets
from benchmarks.sockets import HUB_PATH, Deliveries, Watcher, connect, disconnect
from benchmarks.stage import Stage

SESSIONS: Final = 500
WATCHERS_EACH: Final = 2
RATE: Final = 300.0
SECONDS: Final = 5.0
SENDERS: Final = 32


async def measure(stage: Stage) -> list[Figure]:
    """Log sets in sessions that their athlete and one coach watch."""
    say(f"P6 {SESSIONS * WATCHERS_EACH} sockets in {SESSIONS} sessions, {RATE:g} sets/s")
    sessions = stage.people.running[:SESSIONS]
    deliveries, count = Deliveries(), int(RATE * SECONDS)
    watchers = [
        Watcher(deliveries, account.token, one.session_id)
        for one in sessions
        for account in (one.athlete, one.coach)
    ]
    rounds: list[dict[str, Any]] = []
    with stage.product() as product:
        joining = await connect(watchers, product.port, HUB_PATH)
        say(f"  {len(watchers) / joining:.0f} joins/s")
        senders = await OpenLoop.open(product.port, SENDERS)
        request = sets(sessions)

        def note_due(due: float) -> None:
            deliveries.due[numbers.latest + 1] = due

        for number in range(stage.rounds + 1):
            await settle()
            deliveries.due.clear()
            deliveries.latencies.clear()
            senders.latencies.clear()
            with no_collections():
                before, started = product.sample().cpu_seconds, perf_counter()
                await senders.run(request, rate=RATE, count=count, note_due=note_due)
                lost = await deliveries.complete(count * WATCHERS_EACH)
                spent = product.sample().cpu_seconds - before
                share = spent / (perf_counter() - started)
            if number:
                # The first round is a warm-up.
                rounds.append(_told(deliveries.latencies, senders.latencies, share, lost))
        senders.close()
        disconnect(watchers)
    say(f"  to the watcher: p50 ms {spread([one['p50_ms'] for one in rounds])}"
        f"  p99 ms {spread([one['p99_ms'] for one in rounds])}")  # fmt: skip
    say(f"  to the answer:  p50 ms {spread([one['answer_p50_ms'] for one in rounds])}"
        f"  p99 ms {spread([one['answer_p99_ms'] for one in rounds])}")  # fmt: skip

    def median(name: str) -> float:
        return statistics.median(one[name] for one in rounds)

    return [
        at_most("P6", "set due to watcher: p50", 5.0, median("p50_ms"), " ms", rounds=rounds),
        at_most("P6", "set due to watcher: p99", 25.0, median("p99_ms"), " ms"),
        known(
            "P6",
            "set due to answer: p50, p99",
            f"{median('answer_p50_ms'):.3g}, {median('answer_p99_ms'):.3g} ms",
        ),
        known(
            "P6",
            f"cpu of one process at {RATE:g} sets/s; deliveries lost",
            f"{median('cpu_share') * 100:.0f} %; {sum(one['lost'] for one in rounds)}",
        ),
    ]


def _told(
    latencies: list[float], answers: list[float], cpu_share: float, lost: int
) -> dict[str, Any]:
    return {
        "p50_ms": round(percentile(latencies, 0.5) * 1e3, 2),
        "p99_ms": round(percentile(latencies, 0.99) * 1e3, 2),
        "answer_p50_ms": round(percentile(answers, 0.5) * 1e3, 2),
        "answer_p99_ms": round(percentile(answers, 0.99) * 1e3, 2),
        "cpu_share": round(cpu_share, 3),
        "lost": lost,
    }
