"""The published events: committed schemas that may gain fields and never lose one."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from jsonschema import Draft202012Validator

from workout_domain.catalogue.events import ExerciseCreated
from workout_infrastructure.persistence.outbox import payload_of
from workout_presentation.api.event_schemas import event_schemas, event_text, write_event_schemas

COMMITTED = Path(__file__).resolve().parents[3] / "specs" / "events"
SCHEMAS = event_schemas()


def committed(path: Path) -> dict[str, Any]:
    """Read a committed schema."""
    schema: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return schema


@pytest.mark.parametrize("kind", sorted(SCHEMAS))
def test_the_committed_schema_is_the_one_the_code_makes(kind: str) -> None:
    text = (COMMITTED / f"{kind}.json").read_text(encoding="utf-8")

    assert text == event_text(SCHEMAS[kind]), "Run `workout events`."


@pytest.mark.parametrize("path", sorted(COMMITTED.glob("*.json")), ids=lambda path: path.stem)
def test_nothing_that_was_promised_is_gone(path: Path) -> None:
    before, after = committed(path), SCHEMAS[path.stem]

    assert set(before["required"]) <= set(after["required"])
    payload = before["properties"]["payload"]
    assert set(payload["required"]) <= set(after["properties"]["payload"]["required"])


@pytest.mark.parametrize("kind", sorted(SCHEMAS))
def test_every_schema_is_valid(kind: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[kind])


def test_a_real_payload_fits_its_schema() -> None:
    event = ExerciseCreated(
        occurred_at=datetime(2026, 3, 1, tzinfo=UTC),
        exercise_id=UUID(int=1),
        owner_id=None,
        name="Squat",
    )
    schema = SCHEMAS[event.kind]["properties"]["payload"]

    Draft202012Validator(schema).validate(json.loads(payload_of(event)))


def test_writing_them_makes_one_file_each(tmp_path: Path) -> None:
    write_event_schemas(tmp_path / "events")

    assert {path.stem for path in (tmp_path / "events").iterdir()} == set(SCHEMAS)
