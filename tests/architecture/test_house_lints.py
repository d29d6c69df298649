"""The house rules hold, and each is proved to bite by a violation planted in a made-up file."""

from typing import Final

import pytest

from tests.architecture import lints, sources
from tests.architecture.lints import Lint
from tests.architecture.sources import Finding, Source, parsed, product

_HANDLER: Final = """
class MakeThingHandler:
    async def handle(self, command, actor):
        ...
"""
_MESSAGE: Final = """
@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class MakeThing(Command[None]):
    pass
"""
_COMMAND: Final = "workout_application/training/commands/make_thing.py"
_CONTROLLER: Final = "workout_presentation/api/v1/training/things.py"
_DOMAIN: Final = "workout_domain/training/thing.py"
_ROUTE: Final = '@things.get("")\nasync def get_thing(door): '

PLANTED: Final[dict[Lint, tuple[tuple[str, str], ...]]] = {
    lints.no_clock_and_no_chance: (
        (_DOMAIN, "from datetime import UTC, datetime\nnow = datetime.now(UTC)"),
        (_DOMAIN, "import datetime\nnow = datetime.datetime.utcnow()"),
        (_DOMAIN, "from datetime import date\nwhen = date.today"),
        (_COMMAND, "import time\nnow = time.time()"),
        (_COMMAND, "from time import time as present\nnow = present()"),
        (_COMMAND, "from uuid import uuid4\nidentifier = uuid4()"),
        (_COMMAND, "import uuid\nidentifier = uuid.uuid1()"),
        (_CONTROLLER, "from random import random"),
        (_CONTROLLER, "import secrets"),
        ("workout_infrastructure/jobs/relay.py", "import os\ntoken = os.urandom(8)"),
    ),
    lints.only_the_unit_of_work_commits: (
        (_COMMAND, "async def handle(work): await work.commit()"),
        (
            "workout_infrastructure/persistence/outbox.py",
            'async def f(c): await c.execute("COMMIT")',
        ),
        ("workout_infrastructure/persistence/outbox.py", "async def f(s): await s.rollback()"),
    ),
    lints.no_sql_and_no_http_inside: (
        (_COMMAND, 'ROWS = "SELECT id FROM workouts"'),
        (_DOMAIN, 'ROWS = "DELETE FROM workouts"'),
        (_COMMAND, "from http import HTTPStatus"),
        (_COMMAND, "answer = Answer(status=404)"),
        (_COMMAND, "found = answer.status_code == 404"),
    ),
    lints.controllers_parse_send_and_present: (
        (_CONTROLLER, "from workout_domain.training.workout import Workout"),
        (_CONTROLLER, "from workout_application.training.ports import WorkoutReader"),
        (_CONTROLLER, "from sqlalchemy import select"),
        (_CONTROLLER, "class ThingBody: pass"),
        (_CONTROLLER, f"{_ROUTE}\n    await door.ask(1)\n    return await door.ask(2)"),
        (_CONTROLLER, f"{_ROUTE}return 1"),
        (_CONTROLLER, f"{_ROUTE}\n    if door.actor: return await door.ask(1)"),
    ),
    lints.one_message_one_file: (
        (_COMMAND, _MESSAGE),
        (_COMMAND, _HANDLER),
        (_COMMAND, _MESSAGE + _HANDLER.replace("async def handle", "async def run")),
        (_COMMAND, _MESSAGE.replace("@requires(signed_in)", "") + _HANDLER),
        (_COMMAND, _MESSAGE.replace("@requires", "@requires(admin)\n@requires") + _HANDLER),
        (_COMMAND, _MESSAGE.replace("frozen=True, ", "") + _HANDLER),
        (_COMMAND, _MESSAGE + _HANDLER + _MESSAGE.replace("MakeThing", "MakeMore")),
        (_COMMAND.replace("make", "build"), _MESSAGE + _HANDLER),
        (_COMMAND.replace("commands", "queries"), _MESSAGE + _HANDLER),
        ("workout_application/training/things.py", _MESSAGE + _HANDLER),
    ),
    lints.use_cases_do_not_know_one_another: (
        (_COMMAND, "from workout_application.training.commands.log_set import LogSet"),
        (
            "workout_application/notifications/reactions/when_it_rains.py",
            "from workout_application.notifications.queries.list_notifications import X",
        ),
    ),
    lints.no_naive_instant: (
        (_DOMAIN, "from datetime import datetime\nnow = datetime.now()"),
        (_DOMAIN, "from datetime import datetime\nthen = datetime(2026, 3, 1)"),
        (_DOMAIN, "import datetime\nthen = datetime.datetime.fromtimestamp(0)"),
    ),
    lints.everything_public_is_described: (
        (_DOMAIN, "one = 1"),
        (_DOMAIN, '"""A module."""\nclass Thing:\n    one = 1'),
        (_DOMAIN, '"""A module."""\ndef make(): ...'),
        (_DOMAIN, '"""A module."""\nclass Thing:\n    """One."""\n    def make(self): ...'),
    ),
    lints.aggregates_change_by_their_verbs_only: (
        (_COMMAND, "def handle(workout): workout.status = 1"),
        (_COMMAND, "def handle(workout): workout.revision += 1"),
        (_COMMAND, "def handle(workout): workout.one, workout.two = 1, 2"),
        (_DOMAIN, "class W:\n    @status.setter\n    def status(self, to): ..."),
    ),
    lints.tests_neither_skip_nor_sleep_nor_mock: (
        ("api/test_things.py", "import time\ntime.sleep(1)"),
        ("api/test_things.py", "from time import sleep"),
        ("api/test_things.py", "import pytest\npytest.skip('no server')"),
        ("api/test_things.py", "import pytest\n@pytest.mark.xfail\ndef test_x(): ..."),
        ("api/test_things.py", "import pytest\n@pytest.mark.skipif(True)\ndef test_x(): ..."),
        ("api/test_things.py", "from unittest.mock import patch"),
        ("api/test_things.py", "import unittest.mock"),
    ),
}
CASES: Final = [
    pytest.param(lint, path, text, id=f"{lint.__name__}-{number}")
    for lint, planted in PLANTED.items()
    for number, (path, text) in enumerate(planted)
]


def broken(lint: Lint, files: tuple[Source, ...]) -> list[str]:
    """List what breaks a rule."""
    return [str(finding) for file in files for finding in lint(file)]


@pytest.mark.requirement("ARC-06", "ARC-09", "ARC-19")
@pytest.mark.parametrize("lint", lints.LINTS_OF_THE_PRODUCT, ids=lambda lint: lint.__name__)
def test_the_product_keeps_the_rule(lint: Lint) -> None:
    assert broken(lint, product()) == []


@pytest.mark.parametrize("lint", lints.LINTS_OF_THE_TESTS, ids=lambda lint: lint.__name__)
def test_the_tests_keep_the_rule(lint: Lint) -> None:
    assert broken(lint, sources.tests()) == []


@pytest.mark.parametrize(("lint", "path", "text"), CASES)
def test_a_planted_violation_is_found(lint: Lint, path: str, text: str) -> None:
    assert list(lint(parsed(path, text)))


def test_every_rule_has_planted_violations() -> None:
    assert set(PLANTED) == {*lints.LINTS_OF_THE_PRODUCT, *lints.LINTS_OF_THE_TESTS}


def test_a_finding_says_where_it_is() -> None:
    found = list(lints.no_clock_and_no_chance(parsed(_DOMAIN, "\nimport secrets")))

    assert found == [Finding(_DOMAIN, 2, "reads secrets: inject Clock or Identifiers")]


def test_every_file_that_may_read_clock_or_chance_still_does() -> None:
    allowed = {file.path for file in product()} & set(lints.CLOCK_AND_CHANCE_ALLOWED)

    used = {
        file.path
        for file in product()
        if file.path in allowed
        and list(lints.no_clock_and_no_chance(parsed("workout_domain/copy.py", file.text)))
    }

    assert used == set(lints.CLOCK_AND_CHANCE_ALLOWED)


def test_every_exception_of_the_controllers_is_still_needed() -> None:
    imported = {
        name
        for file in product()
        if lints.is_controller(file)
        for name, _ in sources.imports(file.tree)
    }

    assert set(lints.CONTROLLER_EXCEPTIONS) <= imported
