"""P1: a page of 20 workouts with their exercises, by cursor."""

from benchmarks.comparing import Target, alternate
from benchmarks.report import Figure, at_least, at_most, known, say
from benchmarks.requests import pages
from benchmarks.stage import Stage

CONNECTIONS = 8


async def measure(stage: Stage) -> list[Figure]:
    """Compare the product with the floor and with the textbook."""
    say("P1 page of 20 workouts with exercises")
    trainers = stage.people.trainers
    with stage.floor() as floor, stage.product() as product, stage.textbook() as textbook:
        targets = {
            "floor": Target(floor, pages(trainers, "/page/{id}")),
            "product": Target(product, pages(trainers, "/api/v1/workouts?limit=20")),
        }
        alone = await alternate(targets, rounds=stage.rounds, seconds=stage.seconds, connections=1)
        targets["textbook"] = Target(textbook, pages(trainers, "/page/{id}"))
        busy = await alternate(
            targets, rounds=stage.rounds, seconds=stage.seconds, connections=CONNECTIONS
        )
    faster = busy.ratio(lambda run: run.rate, to="textbook")
    cpu = busy.ratio(lambda run: run.cpu_per_request)
    return [
        at_least(
            "P1",
            "page: req/s to the floor's, 8 connections",
            0.5,
            busy.ratio(lambda run: run.rate),
            "x",
            eight_connections=busy.told(),
        ),
        at_most(
            "P1",
            "page: p50 to the floor's, 1 connection",
            2.0,
            alone.ratio(lambda run: run.percentile(0.5)),
            "x",
            one_connection=alone.told(),
        ),
        at_least("P1", "page: req/s to the textbook's", 5.0, faster, "x"),
        known("P1", "page: server cpu to the floor's", f"{cpu:.3g}x"),
    ]
