"""The committed contract is the one the code makes, and names all that is said."""

from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from tests.conftest import RunningServer
from workout_presentation.hub.contract import (
    SAID_BY_CLIENTS,
    asyncapi_document,
    asyncapi_text,
    write_asyncapi,
)

COMMITTED = Path(__file__).resolve().parents[2] / "specs" / "asyncapi.yaml"


def test_the_committed_document_is_the_one_the_code_makes(tmp_path: Path) -> None:
    write_asyncapi(tmp_path / "asyncapi.yaml")

    assert COMMITTED.read_text(encoding="utf-8") == asyncapi_text(), "Run `workout asyncapi`."
    assert (tmp_path / "asyncapi.yaml").read_text(encoding="utf-8") == asyncapi_text()
    assert yaml.safe_load(asyncapi_text()) == asyncapi_document()


def test_all_its_schemas_are_schemas() -> None:
    document = asyncapi_document()
    schemas = [*document["components"]["schemas"].values()]
    schemas += [one["payload"] for one in document["components"]["messages"].values()]

    for schema in schemas:
        Draft202012Validator.check_schema(schema)


def test_every_reference_leads_somewhere() -> None:
    document = asyncapi_document()

    def references(value: object) -> list[str]:
        if isinstance(value, list):
            return [found for item in value for found in references(item)]
        if not isinstance(value, dict):
            return []
        own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
        return own + [found for item in value.values() for found in references(item)]

    for reference in references(document):
        place: object = document
        for part in reference.removeprefix("#/").split("/"):
            assert isinstance(place, dict)
            assert part in place, reference
            place = place[part]


@pytest.mark.usefixtures("server")
def test_it_names_every_event_the_hub_serves(server: RunningServer) -> None:
    served = {event.name for event in server.container.training_events().all()}

    assert served == set(SAID_BY_CLIENTS)
