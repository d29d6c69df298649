"""The container builds the product, everything can be overridden, and settings stop mistakes."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest
from dependency_injector import providers
from pydantic import SecretStr
from starlette.routing import Route

from tests.architecture.registries import tables
from workout_application.catalogue.queries.get_exercise import GetExercise
from workout_application.training.commands.assign_workout import AssignWorkout
from workout_presentation.cli.main import main
from workout_presentation.composition.application import build_application, build_http
from workout_presentation.composition.container import Container, build_container
from workout_presentation.composition.settings import (
    LOCAL_SECRET,
    PREFIX,
    Environment,
    Settings,
    SettingsWrong,
    load_settings,
)
from workout_presentation.hub.server import PATH

SECRET: Final = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def container() -> Container:
    """Build a container of its own; nothing connects until asked."""
    tables()
    return build_container(
        load_settings(environment=Environment.TEST, database_url="postgresql://nobody@localhost/no")
    )


@pytest.fixture
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """Return an environment without settings, in a folder without a file of them."""
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return monkeypatch


class StoppedClock:
    """A clock of these tests."""

    def now(self) -> datetime:
        """Return noon."""
        return datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.requirement("ARC-11")
def test_a_clock_put_into_the_container_reaches_every_handler(container: Container) -> None:
    clock = StoppedClock()
    container.clock.override(providers.Object(clock))

    clocks = {
        type(handler).__name__: vars(handler)["_clock"]
        for handler in container.handlers().values()
        if "_clock" in vars(handler)
    }

    assert len(clocks) > 20
    assert set(map(id, clocks.values())) == {id(clock)}


@pytest.mark.requirement("ARC-11")
def test_a_repository_put_into_the_container_reaches_its_handlers(container: Container) -> None:
    workouts = object()
    container.training().workouts.override(providers.Object(workouts))

    handler = container.handlers()[AssignWorkout]

    assert vars(handler)["_workouts"] is workouts


@pytest.mark.requirement("ARC-11")
@pytest.mark.parametrize(
    "service",
    ["cache", "clock", "identifiers", "passwords", "tokens", "pool", "read_pool", "engine", "live",
     "actors", "observer", "metrics"],
)  # fmt: skip
def test_every_service_can_be_overridden(container: Container, service: str) -> None:
    stand_in = object()
    getattr(container, service).override(providers.Object(stand_in))

    assert getattr(container, service)() is stand_in


@pytest.mark.requirement("ARC-11")
def test_a_cache_put_into_the_container_is_the_one_queries_are_kept_in(
    container: Container,
) -> None:
    cache = object()
    container.cache.override(providers.Object(cache))

    assert cache in vars(container.query_cache()).values()
    assert GetExercise in container.handlers()


@pytest.mark.requirement("ARC-11", "ARC-12")
def test_the_application_is_built_without_any_server(container: Container) -> None:
    assert callable(build_application(container))


@pytest.mark.requirement("API-25")
@pytest.mark.parametrize("is_shown", [True, False])
def test_interactive_documentation_can_be_switched_off(is_shown: bool) -> None:
    tables()
    settings = load_settings(
        environment=Environment.TEST,
        database_url="postgresql://nobody@localhost/no",
        interactive_docs=is_shown,
    )

    routes = build_http(build_container(settings)).routes

    assert any(isinstance(route, Route) and route.path == "/docs" for route in routes) is is_shown


def test_hub_and_health_are_at_their_addresses(container: Container) -> None:
    paths = {getattr(route, "path", "") for route in build_http(container).routes}

    assert PATH.strip("/") == "hubs/workout"
    assert {"/health", "/health/live", "/health/ready", "/health/startup", "/metrics"} <= paths


@pytest.mark.requirement("ARC-16")
def test_environment_variables_alone_are_enough(surroundings: pytest.MonkeyPatch) -> None:
    surroundings.setenv("WORKOUT_DATABASE_URL", "postgresql://db.example.com/workout")
    surroundings.setenv("WORKOUT_JWT_SECRET", SECRET)
    surroundings.setenv("WORKOUT_ACCESS_TOKEN_MINUTES", "5")

    settings = load_settings()

    assert settings.environment is Environment.PRODUCTION
    assert settings.access_token_minutes == 5
    assert settings.jwt_secret.get_secret_value() == SECRET


@pytest.mark.requirement("ARC-16")
def test_a_file_is_read_and_the_environment_goes_before_it(
    surroundings: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text(
        f"WORKOUT_JWT_SECRET={SECRET}\nWORKOUT_PORT=9000\nWORKOUT_PROCESSES=2\n", encoding="utf-8"
    )
    surroundings.setenv("WORKOUT_PORT", "9001")

    settings = load_settings()

    assert (settings.port, settings.processes) == (9001, 2)


@pytest.mark.requirement("ARC-16", "SEC-05")
@pytest.mark.parametrize(
    ("secret", "sentence"),
    [
        ("", "WORKOUT_JWT_SECRET is required"),
        ("short", "WORKOUT_JWT_SECRET must have at least 32 bytes"),
        (LOCAL_SECRET, "WORKOUT_JWT_SECRET must not be the one of local mode"),
    ],
)
def test_in_production_a_missing_or_weak_secret_stops_the_start(
    surroundings: pytest.MonkeyPatch, secret: str, sentence: str
) -> None:
    surroundings.setenv("WORKOUT_JWT_SECRET", secret)

    with pytest.raises(SettingsWrong, match=sentence) as refused:
        load_settings()

    assert len(secret) == 0 or secret not in str(refused.value)


@pytest.mark.requirement("ARC-16")
def test_a_setting_that_does_not_exist_stops_the_start(surroundings: pytest.MonkeyPatch) -> None:
    surroundings.setenv("WORKOUT_PROT", "9000")

    with pytest.raises(SettingsWrong, match="Unknown setting: WORKOUT_PROT"):
        load_settings()


@pytest.mark.requirement("ARC-16")
def test_a_value_that_is_no_value_is_named_and_not_repeated(
    surroundings: pytest.MonkeyPatch,
) -> None:
    surroundings.setenv("WORKOUT_JWT_SECRET", SECRET)
    surroundings.setenv("WORKOUT_PORT", "many")

    with pytest.raises(SettingsWrong, match="WORKOUT_PORT") as refused:
        load_settings()

    assert "many" not in str(refused.value)


@pytest.mark.requirement("ARC-16")
def test_the_command_stops_with_a_sentence_and_no_traceback(
    surroundings: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    surroundings.setattr(sys, "argv", ["workout", "serve"])

    with pytest.raises(SystemExit) as stopped:
        main()

    assert stopped.value.code not in {0, None}
    assert "WORKOUT_JWT_SECRET is required" in capsys.readouterr().err


def test_settings_are_frozen_and_hide_their_secret(container: Container) -> None:
    settings: Settings = container.settings()
    changed: Any = settings

    assert isinstance(settings.jwt_secret, SecretStr)
    assert settings.jwt_secret.get_secret_value() not in repr(settings)
    with pytest.raises(ValueError, match="frozen"):
        changed.port = 1
