"""Every message, error, event and table is known, unique and owned by one place."""

from typing import Any, Final

import pytest
from sqlalchemy import ARRAY, Column, DateTime, Enum, Integer, MetaData, Table

from tests.architecture import registries
from tests.architecture.registries import (
    aggregates,
    events,
    messages,
    nameless_events,
    refusals,
    table_definitions,
    tables,
    twice,
    wired,
)
from tests.architecture.sources import ROOT
from workout_application.messaging.messages import Message
from workout_application.messaging.naming import snake_case
from workout_domain.kernel.aggregate import Aggregate
from workout_domain.kernel.errors import DomainError
from workout_domain.kernel.events import DomainEvent
from workout_infrastructure.persistence.registry import mapper_registry
from workout_presentation.api.failures import _CODES as CODES_OF_HTTP
from workout_presentation.api.pages.problems import pages_by_code
from workout_presentation.composition.container import merged

SCHEMAS: Final = ROOT / "specs" / "events"


@pytest.mark.requirement("ARC-10")
def test_every_message_is_registered_with_the_container() -> None:
    assert set(wired().handlers()) == set(messages())


@pytest.mark.requirement("ARC-10")
@pytest.mark.parametrize("message", messages(), ids=lambda kind: kind.__name__)
def test_a_message_has_the_handler_beside_it(message: type[Message[Any]]) -> None:
    handler = type(wired().handlers()[message])

    assert (handler.__module__, handler.__name__) == (
        message.__module__,
        f"{message.__name__}Handler",
    )
    assert message.__module__.rpartition(".")[2] == snake_case(message.__name__)


@pytest.mark.requirement("ARC-10")
def test_registering_a_message_twice_stops_the_start() -> None:
    with pytest.raises(ValueError, match="Registered twice: Message"):
        merged({Message: 1}, {Message: 2})


@pytest.mark.requirement("ARC-19")
@pytest.mark.parametrize("message", messages(), ids=lambda kind: kind.__name__)
def test_a_message_declares_who_may_send_it(message: type[Message[Any]]) -> None:
    assert callable(message.policy)
    assert "policy" in vars(message), "the policy is declared on the message itself"


def test_every_refusal_has_a_code_of_its_own() -> None:
    assert [kind.__name__ for kind in refusals() if "code" not in vars(kind)] == []
    assert twice(kind.code for kind in refusals()) == []


@pytest.mark.parametrize("refusal", refusals(), ids=lambda kind: kind.__name__)
def test_a_refusal_has_a_problem_page(refusal: type[DomainError]) -> None:
    page = pages_by_code()[refusal.code]

    assert 400 <= page.status < 600
    assert page.status != 500, "a refusal is no fault of ours"
    assert page.meaning
    assert refusal.code == refusal.code.lower().replace("-", "_").replace(" ", "_")


def test_every_code_of_the_http_layer_has_a_problem_page() -> None:
    assert set(CODES_OF_HTTP.values()) <= set(pages_by_code())


def test_every_event_has_a_kind_and_version_of_its_own() -> None:
    assert twice((kind.kind, kind.version) for kind in events()) == []
    assert twice(kind.__name__ for kind in events()) == []


@pytest.mark.parametrize("event", nameless_events(), ids=lambda kind: kind.__name__)
def test_an_event_without_a_kind_is_the_parent_of_others(event: type[DomainEvent]) -> None:
    assert [kind for kind in events() if issubclass(kind, event)]


@pytest.mark.requirement("EVT-13")
def test_every_event_has_a_committed_schema_and_every_schema_an_event() -> None:
    assert {f"{kind.kind}.json" for kind in events()} == {path.name for path in SCHEMAS.iterdir()}


@pytest.mark.parametrize("event", events(), ids=lambda kind: kind.__name__)
def test_the_kind_of_an_event_is_dotted_and_lower_case(event: type[DomainEvent]) -> None:
    assert len(event.kind.split(".")) >= 2
    assert event.kind == event.kind.lower()
    assert event.kind.replace(".", "").replace("_", "").isalpha()


def test_every_subscriber_waits_for_events_that_exist() -> None:
    kinds = {kind.kind for kind in events()}

    wanted = {kind for reaction in wired().reactions() for kind in reaction.subscribes_to}

    assert wanted <= kinds


def test_every_reaction_bears_the_name_of_its_file() -> None:
    reactions = [type(reaction) for reaction in wired().reactions()]

    assert [kind.__module__.rpartition(".")[2] for kind in reactions] == [
        snake_case(kind.__name__) for kind in reactions
    ]


@pytest.mark.requirement("DBR-02")
def test_every_table_is_defined_in_one_file() -> None:
    defined = list(table_definitions())

    assert twice(name for name, _ in defined) == []
    assert {name for name, _ in defined} == set(tables())


@pytest.mark.requirement("DBR-02", "ARC-03")
@pytest.mark.parametrize("aggregate", aggregates(), ids=lambda kind: kind.__name__)
def test_every_aggregate_has_events_errors_and_a_place_to_live(aggregate: type[Aggregate]) -> None:
    by_statements = {"SetType": "set_types", "Notification": "notifications"}
    mapped = {mapper.class_ for mapper in mapper_registry.mappers}

    assert aggregate in mapped or by_statements[aggregate.__name__] in tables()
    assert not any(name.startswith("set_") for name in vars(aggregate)), "verbs, not setters"


@pytest.mark.requirement("DBR-02", "DBR-04")
def test_every_aggregate_can_be_deleted_without_losing_its_row() -> None:
    tables()

    for mapper in mapper_registry.mappers:
        if issubclass(mapper.class_, Aggregate):
            names = {"id", "revision", "created_at", "updated_at", "deleted_at"}
            assert names <= set(mapper.local_table.columns.keys()), mapper


def test_every_enum_in_a_column_has_a_check() -> None:
    assert registries.unchecked_enums(tables()) == []


def test_every_instant_in_a_column_knows_its_zone() -> None:
    assert registries.naive_columns(tables()) == []


def test_an_enum_without_a_check_is_found() -> None:
    kind = Enum("one", "two", native_enum=False, create_constraint=False)
    planted = Table("planted", MetaData(), Column("kind", kind), Column("kinds", ARRAY(kind)))

    assert registries.unchecked_enums({"planted": planted}) == ["planted.kind", "planted.kinds"]


def test_a_naive_instant_is_found() -> None:
    planted = Table("planted", MetaData(), Column("at", DateTime()), Column("id", Integer))

    assert registries.naive_columns({"planted": planted}) == ["planted.at"]


def test_what_comes_twice_is_found() -> None:
    assert twice(["a", "b", "a"]) == ["a"]
