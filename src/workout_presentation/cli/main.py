"""The ``workout`` command: one entrance for developers, operators and containers."""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal
from uuid import UUID

import typer

from workout_application.identity.commands.drop_second_factor import DropSecondFactor
from workout_application.identity.commands.grant_role import GrantRole
from workout_application.identity.commands.lock_user import LockUser
from workout_application.identity.commands.reseal_second_factors import ResealSecondFactors
from workout_application.identity.commands.revoke_user_role import RevokeUserRole
from workout_application.identity.commands.unlock_user import UnlockUser
from workout_application.identity.queries.find_user import FindUser
from workout_application.messaging.actor import SYSTEM, Role
from workout_application.messaging.messages import Command
from workout_application.messaging.reactions import QUEUES
from workout_application.platform.commands.replay_parked_events import ReplayParkedEvents
from workout_application.platform.queries.list_parked_events import ListParkedEvents
from workout_application.reporting.ports import Difference
from workout_application.reporting.queries.check_reports import CheckReports
from workout_domain.kernel.errors import DomainError
from workout_presentation.api.document import write_openapi
from workout_presentation.api.event_schemas import write_event_schemas
from workout_presentation.cli.rebuilding import Rebuilding
from workout_presentation.composition import demo as demo_parts
from workout_presentation.composition import local as local_mode
from workout_presentation.composition import running
from workout_presentation.composition.container import Container
from workout_presentation.composition.jobs import Narrowing
from workout_presentation.composition.settings import Settings, SettingsWrong, load_settings
from workout_presentation.hub.contract import write_asyncapi

app = typer.Typer(
    help="Coach-athlete training platform.", no_args_is_help=True, add_completion=False
)
admin = typer.Typer(help="What an operator needs now and then.", no_args_is_help=True)
app.add_typer(admin, name="admin")

_SPECS = Path("specs")


@app.command()
def local() -> None:
    """Run everything in one go: embedded PostgreSQL and Redis, API, hub and worker."""
    raise typer.Exit(local_mode.run_locally({}))


@app.command()
def serve(
    listening_on: Annotated[
        int | None, typer.Option(hidden=True, help="An inherited listening socket.")
    ] = None,
) -> None:
    """Run API and hub against the configured servers."""
    raise typer.Exit(running.serve(_settings(), listening_on=listening_on))


@app.command()
def work(
    contexts: Annotated[
        str | None, typer.Option(help="Serve only these contexts' jobs: `notifications,…`.")
    ] = None,
    queues: Annotated[
        str | None, typer.Option(help="Serve only these queues: `critical,default,low`.")
    ] = None,
) -> None:
    """Run jobs, outbox relay and schedules."""
    narrowing = Narrowing(contexts=_names(contexts), queues=_names(queues, known=QUEUES))
    raise typer.Exit(running.work(_settings(), narrowing))


@app.command()
def migrate() -> None:
    """Bring the schema to the newest revision."""
    running.bring_schema_to_head(_settings())
    typer.echo("The schema is up to date.")


@app.command()
def seed() -> None:
    """Write catalogue and set types; doing it again changes nothing."""
    report = running.seed(_settings())
    typer.echo(
        f"{report.inserted} inserted, {report.updated} updated, {report.unchanged} unchanged."
    )


@app.command()
def demo(
    file: Annotated[
        Path | None, typer.Option(help="An export of Strong or Hevy; default: a shipped log.")
    ] = None,
    url: Annotated[str | None, typer.Option(help="The server; default: that of WORKOUT_*.")] = None,
    zone: Annotated[str, typer.Option(help="The time zone of the file's clock.")] = "UTC",
    unit: Annotated[
        Literal["kilograms", "pounds"], typer.Option(help="Of weights in files that name none.")
    ] = "kilograms",
    limit: Annotated[
        int | None, typer.Option(min=1, help="Replay only that many sessions, the earliest.")
    ] = None,
    rate: Annotated[
        float | None, typer.Option(min=0.01, help="Sets a second; default: as fast as it goes.")
    ] = None,
    transport: Annotated[
        Literal["websocket", "polling"], typer.Option(help="How both sides reach the hub.")
    ] = "websocket",
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Replay a training log as live sessions of an athlete while a coach watches."""
    try:
        from workout_presentation.demo import command, replay  # noqa: PLC0415 - servers lack these
    except ModuleNotFoundError as missing:
        typer.echo(f"workout demo: install workout[local]; {missing.name} is missing.", err=True)
        raise typer.Exit(1) from None
    log = demo_parts.read_log(file, zone=zone, unit=unit)
    fresh = demo_parts.fresh_credentials()
    options = replay.ReplayOptions(
        url=(url or demo_parts.server_url()).rstrip("/"),
        name=fresh.name,
        password=fresh.password,
        file=str(file or demo_parts.SHIPPED_LOG),
        transport=transport,
        limit=limit,
        rate=rate,
    )
    raise typer.Exit(command.run_demo(log, options, as_json=as_json))


@app.command()
def openapi(target: Path = _SPECS / "openapi.json") -> None:
    """Write the OpenAPI document."""
    write_openapi(target)
    typer.echo(f"Wrote {target}.")


@app.command()
def asyncapi(target: Path = _SPECS / "asyncapi.yaml") -> None:
    """Write the AsyncAPI document of the hub."""
    write_asyncapi(target)
    typer.echo(f"Wrote {target}.")


@app.command()
def events(target: Path = _SPECS / "events") -> None:
    """Write the schemas of all events."""
    write_event_schemas(target)
    typer.echo(f"Wrote {target}.")


@admin.command("make-admin")
def make_admin(username: str) -> None:
    """Make somebody an administrator."""

    async def grant(container: Container) -> None:
        await container.mediator().send(GrantRole(username=username, role=Role.ADMIN), actor=SYSTEM)

    running.with_container(_settings_to_operate_on(), grant)
    typer.echo(f"{username} is an administrator.")


@admin.command("revoke-role")
def revoke_role(username: str, role: Role) -> None:
    """Take a role from somebody; profile and data stay."""
    _of_user(username, lambda user_id: RevokeUserRole(user_id=user_id, role=role))
    typer.echo(f"{username} is no {role} any more.")


@admin.command("lock")
def lock(
    username: str, reason: Annotated[str | None, typer.Option(help="For the audit log.")] = None
) -> None:
    """Shut somebody's account; whoever is signed in to it is out at once."""
    _of_user(username, lambda user_id: LockUser(user_id=user_id, reason=reason))
    typer.echo(f"{username} is locked.")


@admin.command("unlock")
def unlock(username: str) -> None:
    """Open somebody's account again."""
    _of_user(username, lambda user_id: UnlockUser(user_id=user_id))
    typer.echo(f"{username} is not locked any more.")


@admin.command("drop-second-factor")
def drop_second_factor(username: str) -> None:
    """Let somebody in by password again who lost their phone and all recovery codes."""
    _of_user(username, lambda user_id: DropSecondFactor(user_id=user_id))
    typer.echo(f"{username} signs in by password alone, and was signed out everywhere.")


@admin.command("reseal-secrets")
def reseal_secrets() -> None:
    """Seal what a retired secret has sealed with the present one, before the retired one goes."""
    count = running.with_container(
        _settings_to_operate_on(),
        lambda container: container.mediator().send(ResealSecondFactors(), actor=SYSTEM),
    )
    typer.echo(f"{count} sealed anew; what is retired may go.")


@admin.command("parked-events")
def parked_events() -> None:
    """List events that a subscriber could not handle, attempt after attempt."""
    found = running.with_container(
        _settings_to_operate_on(),
        lambda container: container.mediator().send(ListParkedEvents(), actor=SYSTEM),
    )
    for event in found:
        typer.echo(
            f"{event.parked_at:%Y-%m-%d %H:%M:%S}  {event.message_id}  {event.kind}  "
            f"{event.subscriber}  {event.last_error}"
        )
    typer.echo(f"{len(found)} parked.")


@admin.command("replay-events")
def replay_events(
    message_id: Annotated[
        UUID | None, typer.Argument(help="One message; without it all are tried again.")
    ] = None,
) -> None:
    """Let parked events be handled again."""
    count = running.with_container(
        _settings_to_operate_on(),
        lambda container: container.mediator().send(
            ReplayParkedEvents(message_id=message_id), actor=SYSTEM
        ),
    )
    typer.echo(f"{count} will be tried again.")


@admin.command("rebuild-reports")
def rebuild_reports(
    user: Annotated[str | None, typer.Option(help="Only this account, by username.")] = None,
) -> None:
    """Make the figures behind reports anew from what was performed; reports go on meanwhile."""

    async def rebuild(container: Container) -> Rebuilding:
        rebuilding, user_id = Rebuilding(container.mediator()), await _account(container, user)
        await (rebuilding.of_all() if user_id is None else rebuilding.of((user_id,)))
        return rebuilding

    done = running.with_container(_settings_to_operate_on(), rebuild)
    typer.echo(f"{done.sessions} sessions of {done.accounts} accounts are rolled up anew.")


@admin.command("check-reports")
def check_reports(
    user: Annotated[str | None, typer.Option(help="Only this account, by username.")] = None,
) -> None:
    """Compare the figures behind reports with what was performed; fails where they differ."""

    async def check(container: Container) -> tuple[int, list[Difference]]:
        mediator, accounts, found = container.mediator(), 0, list[Difference]()
        query = CheckReports(user_id=await _account(container, user))
        while True:
            checked = await mediator.send(query, actor=SYSTEM)
            accounts, found = accounts + checked.accounts, [*found, *checked.differences]
            if checked.last is None:
                return accounts, found
            query = CheckReports(after=checked.last)

    accounts, found = running.with_container(_settings_to_operate_on(), check)
    for one in found:
        typer.echo(f"{one.table}  account {one.user_id}  {one.what}")
    typer.echo(f"{len(found)} differences in {accounts} accounts.")
    if found:
        raise typer.Exit(1)


@admin.command("purge-cache")
def purge_cache(category: str) -> None:
    """Forget every kept answer of a category, such as `catalogue`."""
    running.with_container(
        _settings_to_operate_on(), lambda container: container.cache().purge(category)
    )
    typer.echo(f"Nothing of {category} is kept any more.")


def main() -> None:
    """Run the command; what the operator did wrong is told in a sentence."""
    try:
        app()
    except (SettingsWrong, DomainError, OSError) as error:
        typer.echo(f"workout: {error}", err=True)
        sys.exit(1)


async def _account(container: Container, username: str | None) -> UUID | None:
    if username is None:
        return None
    return await container.mediator().send(FindUser(username=username), actor=SYSTEM)


def _of_user(username: str, command: Callable[[UUID], Command[Any]]) -> None:
    async def send(container: Container) -> None:
        mediator = container.mediator()
        user_id = await mediator.send(FindUser(username=username), actor=SYSTEM)
        await mediator.send(command(user_id), actor=SYSTEM)

    running.with_container(_settings_to_operate_on(), send)


def _names(text: str | None, *, known: Sequence[str] = ()) -> frozenset[str] | None:
    if text is None:
        return None
    names = frozenset(name.strip() for name in text.split(",") if name.strip())
    unknown = names.difference(known) if known else frozenset()
    if unknown:
        raise SettingsWrong(f"There is no queue {', '.join(sorted(unknown))}.")
    return names


def _settings() -> Settings:
    return load_settings()


def _settings_to_operate_on() -> Settings:
    """Return those of the environment, or of the local mode that runs in the data folder."""
    if "WORKOUT_DATABASE_URL" not in os.environ:
        found = local_mode.settings_of_what_runs()
        if found is not None:
            return found
    settings = load_settings()
    if not settings.database_url:
        raise SettingsWrong("Set WORKOUT_DATABASE_URL, or WORKOUT_DATA_DIR of a local mode.")
    return settings


if __name__ == "__main__":
    main()
