"""What every repository keeps to: one's own is found, others' and what is deleted is not."""

import asyncio
import importlib
import importlib.util
import inspect
import pkgutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

import pytest

import workout_domain
from tests.builders.aggregates import (
    LATER,
    a_full_api_key,
    a_full_exercise,
    a_full_group,
    a_full_invitation,
    a_full_login_session,
    a_full_note,
    a_full_notification,
    a_full_plate_inventory,
    a_full_relation,
    a_full_rule,
    a_full_second_factor,
    a_full_session,
    a_full_set_type,
    a_full_template,
    a_full_user,
    a_full_workout,
)
from tests.builders.coaching import NOON, a_relation, a_trainer, an_athlete
from tests.builders.workouts import a_session
from workout_application.messaging.actor import SYSTEM
from workout_domain.catalogue.errors import ExerciseNotFound, SetTypeNotFound
from workout_domain.catalogue.repositories import ExerciseRepository, SetTypeRepository
from workout_domain.coaching.errors import (
    GroupNotFound,
    InvitationNotFound,
    NoteNotFound,
    RelationExists,
    RelationNotActive,
    RelationNotFound,
    TrainerNotFound,
)
from workout_domain.coaching.invitation import Invitation
from workout_domain.coaching.relation import Side
from workout_domain.coaching.repositories import (
    GroupRepository,
    InvitationRepository,
    NoteRepository,
    ProfileRepository,
    RelationRepository,
)
from workout_domain.identity.errors import ApiKeyNotFound, LoginSessionNotFound, UserNotFound
from workout_domain.identity.login_session import Device, LoginSession, RefreshToken
from workout_domain.identity.repositories import (
    ApiKeyRepository,
    LoginSessionRepository,
    SecondFactorRepository,
    UserRepository,
)
from workout_domain.kernel.access import AthleteNotFound
from workout_domain.notifications.errors import NotificationNotFound
from workout_domain.notifications.repositories import NotificationRepository
from workout_domain.programs.errors import ProgressionRuleNotFound
from workout_domain.programs.repositories import (
    ProgressionRuleRepository,
    TrainingMaxRepository,
)
from workout_domain.strength.errors import PlateInventoryNotFound
from workout_domain.strength.repositories import PlateInventoryRepository
from workout_domain.training.errors import (
    RepNotFound,
    SessionNotFound,
    SessionRemoved,
    SetNotFound,
    TemplateNotFound,
    WorkoutClosedAlready,
    WorkoutNotFound,
)
from workout_domain.training.repositories import (
    TemplateRepository,
    WorkoutRepository,
    WorkoutSessionRepository,
)
from workout_domain.training.workout_session import SessionOwner, WorkoutSession
from workout_infrastructure.persistence.unit_of_work import SqlUnitOfWork
from workout_presentation.composition.container import Container

pytestmark = pytest.mark.requirement("DBR-06")

REPOSITORIES: Final[dict[type[Any], Callable[[Container], Any]]] = {
    ExerciseRepository: lambda container: container.catalogue.exercises(),
    SetTypeRepository: lambda container: container.catalogue.set_types(),
    InvitationRepository: lambda container: container.coaching.invitations(),
    ProfileRepository: lambda container: container.coaching.profiles(),
    RelationRepository: lambda container: container.coaching.relations(),
    NoteRepository: lambda container: container.coaching.notes(),
    GroupRepository: lambda container: container.coaching.groups(),
    UserRepository: lambda container: container.identity.users(),
    LoginSessionRepository: lambda container: container.identity.sessions(),
    SecondFactorRepository: lambda container: container.identity.second_factors(),
    ApiKeyRepository: lambda container: container.identity.keys(),
    NotificationRepository: lambda container: container.notifications.notifications(),
    PlateInventoryRepository: lambda container: container.strength.inventories(),
    TemplateRepository: lambda container: container.training.templates(),
    ProgressionRuleRepository: lambda container: container.programs.rules(),
    TrainingMaxRepository: lambda container: container.programs.training_maxes(),
    WorkoutRepository: lambda container: container.training.workouts(),
    WorkoutSessionRepository: lambda container: container.training.sessions(),
}


@dataclass(frozen=True, kw_only=True)
class Load:
    """
    One way to load an aggregate.

    ``own`` asks as its owner, ``other`` for the same thing as somebody else. Where ``refusal`` is
    None the repository answers None.
    """

    of: type[Any]
    by: str
    table: str
    example: Callable[[], Any]
    own: Callable[[Any, Any], Awaitable[Any]]
    other: Callable[[Any, Any], Awaitable[Any]]
    refusal: type[Exception] | None

    def __str__(self) -> str:
        return f"{self.of.__name__}.{self.by}"


def an_invitation_with_a_code() -> Invitation:
    """Make one whose code nobody else has."""
    invitation = a_full_invitation()
    invitation.code_hash = uuid4().hex
    return invitation


def a_sign_in() -> LoginSession:
    """Make one whose token nobody else has."""
    session = a_full_login_session()
    session.current_token_hash = uuid4().hex
    return session


def a_token(of: LoginSession, token_hash: str) -> RefreshToken:
    """Make a token of a sign-in."""
    return RefreshToken(
        token_hash=token_hash, session_id=of.id, issued_at=NOON, expires_at=NOON + timedelta(days=7)
    )


LOADS: Final = [
    Load(
        of=ExerciseRepository,
        by="shipped_or_owned_by",
        table="exercises",
        example=a_full_exercise,
        own=lambda all_, one: all_.shipped_or_owned_by(one.owner_id, one.id),
        other=lambda all_, one: all_.shipped_or_owned_by(uuid4(), one.id),
        refusal=ExerciseNotFound,
    ),
    Load(
        of=SetTypeRepository,
        by="one",
        table="set_types",
        example=a_full_set_type,
        own=lambda all_, one: all_.one(one.id),
        other=lambda all_, _: all_.one(uuid4()),
        refusal=SetTypeNotFound,
    ),
    Load(
        of=InvitationRepository,
        by="of_trainer",
        table="coaching_invitations",
        example=an_invitation_with_a_code,
        own=lambda all_, one: all_.of_trainer(one.trainer_id, one.id),
        other=lambda all_, one: all_.of_trainer(uuid4(), one.id),
        refusal=InvitationNotFound,
    ),
    Load(
        of=InvitationRepository,
        by="of_code",
        table="coaching_invitations",
        example=an_invitation_with_a_code,
        own=lambda all_, one: all_.of_code(one.code_hash),
        other=lambda all_, _: all_.of_code(uuid4().hex),
        refusal=InvitationNotFound,
    ),
    Load(
        of=ProfileRepository,
        by="trainer",
        table="trainers",
        example=a_trainer,
        own=lambda all_, one: all_.trainer(one.id),
        other=lambda all_, _: all_.trainer(uuid4()),
        refusal=TrainerNotFound,
    ),
    Load(
        of=ProfileRepository,
        by="athlete",
        table="athletes",
        example=an_athlete,
        own=lambda all_, one: all_.athlete(one.id),
        other=lambda all_, _: all_.athlete(uuid4()),
        refusal=AthleteNotFound,
    ),
    Load(
        of=RelationRepository,
        by="of_member",
        table="coaching_relations",
        example=a_full_relation,
        own=lambda all_, one: all_.of_member(one.id, trainer_id=one.trainer_id, athlete_id=None),
        # Both ids, each on the wrong side.
        other=lambda all_, one: all_.of_member(
            one.id, trainer_id=one.athlete_id, athlete_id=one.trainer_id
        ),
        refusal=RelationNotFound,
    ),
    Load(
        of=RelationRepository,
        by="of_member",
        table="coaching_relations",
        example=a_full_relation,
        own=lambda all_, one: all_.of_member(one.id, trainer_id=None, athlete_id=one.athlete_id),
        other=lambda all_, one: all_.of_member(one.id, trainer_id=None, athlete_id=None),
        refusal=RelationNotFound,
    ),
    Load(
        of=ProfileRepository,
        by="trainer_named",
        table="trainers",
        example=a_trainer,
        own=lambda all_, one: all_.trainer_named(one.id),
        other=lambda all_, _: all_.trainer_named(uuid4()),
        refusal=TrainerNotFound,
    ),
    Load(
        of=ProfileRepository,
        by="trainer_to_change",
        table="trainers",
        example=a_trainer,
        own=lambda all_, one: all_.trainer_to_change(one.id),
        other=lambda all_, _: all_.trainer_to_change(uuid4()),
        refusal=TrainerNotFound,
    ),
    Load(
        of=ProfileRepository,
        by="athlete_to_change",
        table="athletes",
        example=an_athlete,
        own=lambda all_, one: all_.athlete_to_change(one.id),
        other=lambda all_, _: all_.athlete_to_change(uuid4()),
        refusal=AthleteNotFound,
    ),
    Load(
        of=RelationRepository,
        by="of_proposed_trainer",
        table="coaching_relations",
        example=a_full_relation,
        own=lambda all_, one: all_.of_proposed_trainer(one.id, one.transfer.trainer_id),
        # The trainer who proposes it is not the one it is proposed to.
        other=lambda all_, one: all_.of_proposed_trainer(one.id, one.trainer_id),
        refusal=RelationNotFound,
    ),
    Load(
        of=NoteRepository,
        by="of_relation",
        table="coaching_notes",
        example=a_full_note,
        own=lambda all_, one: all_.of_relation(one.relation_id, one.id),
        other=lambda all_, one: all_.of_relation(uuid4(), one.id),
        refusal=NoteNotFound,
    ),
    Load(
        of=GroupRepository,
        by="of_trainer",
        table="coaching_groups",
        example=a_full_group,
        own=lambda all_, one: all_.of_trainer(one.trainer_id, one.id),
        other=lambda all_, one: all_.of_trainer(uuid4(), one.id),
        refusal=GroupNotFound,
    ),
    Load(
        of=UserRepository,
        by="get",
        table="users",
        example=a_full_user,
        own=lambda all_, one: all_.get(one.id),
        other=lambda all_, _: all_.get(uuid4()),
        refusal=UserNotFound,
    ),
    Load(
        of=LoginSessionRepository,
        by="of_refresh_token",
        table="login_sessions",
        example=a_sign_in,
        own=lambda all_, one: all_.of_refresh_token(one.current_token_hash),
        other=lambda all_, _: all_.of_refresh_token(uuid4().hex),
        refusal=None,
    ),
    Load(
        of=LoginSessionRepository,
        by="of_user",
        table="login_sessions",
        example=a_sign_in,
        own=lambda all_, one: all_.of_user(one.user_id, one.id),
        other=lambda all_, one: all_.of_user(uuid4(), one.id),
        refusal=LoginSessionNotFound,
    ),
    Load(
        of=SecondFactorRepository,
        by="of_user",
        table="second_factors",
        example=a_full_second_factor,
        own=lambda all_, one: all_.of_user(one.user_id),
        other=lambda all_, _: all_.of_user(uuid4()),
        refusal=None,
    ),
    Load(
        of=ApiKeyRepository,
        by="of_user",
        table="api_keys",
        example=a_full_api_key,
        own=lambda all_, one: all_.of_user(one.user_id, one.id),
        other=lambda all_, one: all_.of_user(uuid4(), one.id),
        refusal=ApiKeyNotFound,
    ),
    Load(
        of=NotificationRepository,
        by="of_user",
        table="notifications",
        example=a_full_notification,
        own=lambda all_, one: all_.of_user(one.user_id, one.id),
        other=lambda all_, one: all_.of_user(uuid4(), one.id),
        refusal=NotificationNotFound,
    ),
    Load(
        of=PlateInventoryRepository,
        by="of_user",
        table="plate_inventories",
        example=a_full_plate_inventory,
        own=lambda all_, one: all_.of_user(one.user_id, one.id),
        other=lambda all_, one: all_.of_user(uuid4(), one.id),
        refusal=PlateInventoryNotFound,
    ),
    Load(
        of=WorkoutRepository,
        by="of_trainer",
        table="workouts",
        example=a_full_workout,
        own=lambda all_, one: all_.of_trainer(one.trainer_id, one.id),
        other=lambda all_, one: all_.of_trainer(one.athlete_id, one.id),
        refusal=WorkoutNotFound,
    ),
    Load(
        of=WorkoutRepository,
        by="of_athlete",
        table="workouts",
        example=a_full_workout,
        own=lambda all_, one: all_.of_athlete(one.athlete_id, one.id),
        other=lambda all_, one: all_.of_athlete(one.trainer_id, one.id),
        refusal=WorkoutNotFound,
    ),
    Load(
        of=TemplateRepository,
        by="seen_by",
        table="workout_templates",
        example=a_full_template,
        own=lambda all_, one: all_.seen_by(one.owner_id, one.id),
        other=lambda all_, one: all_.seen_by(uuid4(), one.id),
        refusal=TemplateNotFound,
    ),
    Load(
        of=TemplateRepository,
        by="shipped_or_owned_by",
        table="workout_templates",
        example=a_full_template,
        own=lambda all_, one: all_.shipped_or_owned_by(one.owner_id, one.id),
        other=lambda all_, one: all_.shipped_or_owned_by(uuid4(), one.id),
        refusal=TemplateNotFound,
    ),
    Load(
        of=WorkoutSessionRepository,
        by="own",
        table="workout_sessions",
        example=a_full_session,
        own=lambda all_, one: all_.own(one.user_id, one.id),
        # The trainer may watch it, and still it is not the trainer's.
        other=lambda all_, one: all_.own(one.trainer_id, one.id),
        refusal=SessionNotFound,
    ),
    Load(
        of=WorkoutSessionRepository,
        by="own_with_logs",
        table="workout_sessions",
        example=a_full_session,
        own=lambda all_, one: all_.own_with_logs(one.user_id, one.id),
        other=lambda all_, one: all_.own_with_logs(one.trainer_id, one.id),
        refusal=SessionNotFound,
    ),
    Load(
        of=WorkoutSessionRepository,
        by="own_with_sets",
        table="workout_sessions",
        example=a_full_session,
        own=lambda all_, one: all_.own_with_sets(one.user_id, one.id),
        other=lambda all_, one: all_.own_with_sets(uuid4(), one.id),
        refusal=SessionNotFound,
    ),
    Load(
        of=WorkoutSessionRepository,
        by="own_with_set",
        table="workout_sessions",
        example=a_full_session,
        own=lambda all_, one: all_.own_with_set(one.user_id, one.sets[0].id),
        other=lambda all_, one: all_.own_with_set(uuid4(), one.sets[0].id),
        refusal=SetNotFound,
    ),
    Load(
        of=WorkoutSessionRepository,
        by="own_with_rep",
        table="workout_sessions",
        example=a_full_session,
        own=lambda all_, one: all_.own_with_rep(one.user_id, one.sets[0].reps[0].id),
        other=lambda all_, one: all_.own_with_rep(uuid4(), one.sets[0].reps[0].id),
        refusal=RepNotFound,
    ),
    Load(
        of=ProgressionRuleRepository,
        by="one",
        table="progression_rules",
        example=a_full_rule,
        # Whose business it is the guard decides, which knows coaches as well.
        own=lambda all_, one: all_.one(one.id),
        other=lambda all_, one: all_.one(one.athlete_id),
        refusal=ProgressionRuleNotFound,
    ),
]


class Undone(Exception):
    """Ends a unit of work, so that nothing stays; references are checked only at a commit."""


@dataclass(frozen=True)
class Stage:
    """The repositories, and the unit of work they are used in."""

    container: Container
    work: SqlUnitOfWork

    def all(self, kind: type[Any]) -> Any:
        """Return a repository."""
        return REPOSITORIES[kind](self.container)

    async def add(self, kind: type[Any], aggregate: Any) -> None:
        """Add an aggregate as its repository wants it."""
        repository = self.all(kind)
        if kind is LoginSessionRepository:
            repository.add(aggregate, a_token(aggregate, aggregate.current_token_hash))
        elif kind is ProfileRepository:
            self.work.session.add(aggregate)
        elif kind is NotificationRepository:
            await repository.add(aggregate)
        else:
            repository.add(aggregate)
        await self.forget()

    async def forget(self) -> None:
        """Write everything, and load it anew when it is asked for."""
        await self.work.session.flush()
        self.work.session.expunge_all()

    async def delete(self, table: str, identifier: UUID) -> None:
        """Mark a row as deleted, whatever class it belongs to."""
        await self.work.execute(
            f"UPDATE {table} SET deleted_at = now() WHERE id = $1::uuid", identifier
        )


@asynccontextmanager
async def a_unit_of_work(container: Container) -> AsyncIterator[Stage]:
    """Open a unit of work of which nothing stays."""
    with suppress(Undone):
        async with container.units_of_work().transaction(SYSTEM, appends=False) as work:
            yield Stage(container, work)
            # What a test still looks at keeps its state.
            work.session.expunge_all()
            raise Undone


async def refused(asking: Awaitable[Any], refusal: type[Exception] | None) -> None:
    """Fail unless the answer is as documented."""
    if refusal is None:
        assert await asking is None
        return
    with pytest.raises(refusal) as told:
        await asking
    assert type(told.value) is refusal


def protocols() -> set[type[Any]]:
    """Return every repository the domain asks for."""
    modules = [
        importlib.import_module(f"{context.name}.repositories")
        for context in pkgutil.iter_modules(workout_domain.__path__, "workout_domain.")
        if importlib.util.find_spec(f"{context.name}.repositories")
    ]
    return {
        kind
        for module in modules
        for _, kind in inspect.getmembers(module, inspect.isclass)
        if kind.__module__ == module.__name__
    }


def methods(kind: type[Any]) -> set[str]:
    """Return what a repository promises."""
    return {name for name in vars(kind) if not name.startswith("_")}


def test_every_repository_and_each_of_its_methods_is_held_to_its_contract() -> None:
    told = {kind: {"add"} & methods(kind) for kind in REPOSITORIES}
    for kind, name in [*((load.of, load.by) for load in LOADS), *LOOK_UPS]:
        told[kind].add(name)

    assert told == {kind: methods(kind) for kind in protocols()}


@pytest.mark.parametrize("kind", REPOSITORIES, ids=lambda kind: kind.__name__)
def test_what_is_wired_has_what_the_domain_asks_for(kind: type[Any], container: Container) -> None:
    repository = REPOSITORIES[kind](container)

    for name in methods(kind):
        promised = inspect.iscoroutinefunction(getattr(kind, name))
        assert inspect.iscoroutinefunction(getattr(repository, name)) is promised
    assert not {"get_all", "get_paged", "count"} & set(dir(repository))


@pytest.mark.parametrize("load", LOADS, ids=str)
async def test_what_was_added_is_found_by_its_owner(load: Load, container: Container) -> None:
    example = load.example()

    async with a_unit_of_work(container) as stage:
        await stage.add(load.of, example)
        found = await load.own(stage.all(load.of), example)

    one = found[0] if isinstance(found, tuple) else found
    assert one is not example
    assert type(one) is type(example)
    assert (one.id, one.created_at, one.revision) == (
        example.id,
        example.created_at,
        example.revision,
    )


@pytest.mark.parametrize("load", LOADS, ids=str)
async def test_what_is_somebody_else_s_is_not_found(load: Load, container: Container) -> None:
    example = load.example()

    async with a_unit_of_work(container) as stage:
        await stage.add(load.of, example)
        await refused(load.other(stage.all(load.of), example), load.refusal)


@pytest.mark.parametrize("load", LOADS, ids=str)
async def test_what_is_not_there_is_not_found(load: Load, container: Container) -> None:
    async with a_unit_of_work(container) as stage:
        await refused(load.own(stage.all(load.of), load.example()), load.refusal)


@pytest.mark.parametrize("load", LOADS, ids=str)
async def test_what_is_deleted_is_not_found_by_its_owner(load: Load, container: Container) -> None:
    example = load.example()

    async with a_unit_of_work(container) as stage:
        await stage.add(load.of, example)
        await stage.delete(load.table, example.id)
        await refused(load.own(stage.all(load.of), example), load.refusal)


def running(user_id: UUID | None = None, at: datetime = NOON, **fields: Any) -> WorkoutSession:
    """Make a running session."""
    return a_session(
        SessionOwner(user_id=user_id or uuid4()), at=at, **{"session_date": at, **fields}
    )


async def two_exercises_come_together_unless_the_second_is_nobody_s(stage: Stage) -> None:
    """One's own and a shipped one, in either order; somebody else's and a deleted one are none."""
    exercises, owner = stage.all(ExerciseRepository), uuid4()
    own, shipped, foreign, deleted = (a_full_exercise() for _ in range(4))
    own.owner_id, shipped.owner_id, deleted.owner_id = owner, None, owner
    for one in (own, shipped, foreign, deleted):
        await stage.add(ExerciseRepository, one)
    await stage.delete("exercises", deleted.id)

    for first, second in ((own, shipped), (shipped, own)):
        found = await exercises.both_of(owner, first.id, second.id)
        assert [one.id for one in found] == [first.id, second.id]
    for second in (foreign, deleted):
        assert (await exercises.both_of(owner, own.id, second.id))[1] is None
        await refused(exercises.both_of(owner, second.id, own.id), ExerciseNotFound)


async def a_type_of_set_is_used_by_sets_that_were_not_removed(stage: Stage) -> None:
    """One nobody performed, and one with a set that is taken out again."""
    set_types, unused, used = stage.all(SetTypeRepository), a_full_set_type(), a_full_set_type()
    session = a_full_session()
    session.sets[0].set_type_id = used.id
    for one in (unused, used):
        await stage.add(SetTypeRepository, one)
    await stage.add(WorkoutSessionRepository, session)

    assert [await set_types.is_used(one.id) for one in (unused, used)] == [False, True]
    await stage.delete("performed_sets", session.sets[0].id)
    assert not await set_types.is_used(used.id)


async def the_next_token_finds_its_session(stage: Stage) -> None:
    """Tokens of one session, each found by its own hash."""
    sessions, session, next_hash = stage.all(LoginSessionRepository), a_sign_in(), uuid4().hex
    await stage.add(LoginSessionRepository, session)
    sessions.add_token(a_token(session, next_hash))
    await stage.forget()

    of_session, token = await sessions.of_refresh_token(next_hash)
    assert (of_session.id, token.token_hash) == (session.id, next_hash)


async def the_living_sessions_are_those_not_ended(stage: Stage) -> None:
    """Neither those of others nor those that were ended."""
    sessions, user_id = stage.all(LoginSessionRepository), uuid4()
    made = [
        LoginSession.begin(
            session_id=uuid4(), user_id=owner, device=Device(), method="password", at=NOON
        )
        for owner in (user_id, user_id, uuid4())
    ]
    made[1].end("logged_out", at=NOON)
    for one in made:
        one.current_token_hash = uuid4().hex
        await stage.add(LoginSessionRepository, one)

    assert [one.id for one in await sessions.living_of(user_id)] == [made[0].id]


async def every_second_factor_is_found(stage: Stage) -> None:
    """Whoever's it is."""
    factors, made = stage.all(SecondFactorRepository), [a_full_second_factor() for _ in range(2)]
    for one in made:
        await stage.add(SecondFactorRepository, one)

    assert {one.id for one in made} <= {one.id for one in await factors.all_locked()}


async def the_living_keys_are_those_not_revoked(stage: Stage) -> None:
    """Neither those of others nor those that were revoked."""
    keys, living, foreign, revoked = (
        stage.all(ApiKeyRepository),
        a_full_api_key(),
        a_full_api_key(),
        a_full_api_key(),
    )
    living.revoked_at = foreign.revoked_at = None
    revoked.user_id = living.user_id
    for one in (living, foreign, revoked):
        await stage.add(ApiKeyRepository, one)

    assert [one.id for one in await keys.living_of(living.user_id)] == [living.id]


async def a_removed_second_factor_is_gone_with_its_codes(stage: Stage) -> None:
    """Another one can be enrolled then."""
    factors, factor = stage.all(SecondFactorRepository), a_full_second_factor()
    await stage.add(SecondFactorRepository, factor)
    loaded = await factors.of_user(factor.user_id)
    loaded.turn_off(at=LATER)
    await factors.remove(loaded)
    await stage.forget()

    left = await stage.work.fetchrow(
        "SELECT count(*) FROM recovery_codes WHERE second_factor_id = $1::uuid", factor.id
    )
    assert await factors.of_user(factor.user_id) is None
    assert left["count"] == 0


async def what_changed_in_a_notification_is_kept(stage: Stage) -> None:
    """Reading it is written back."""
    notifications, one = stage.all(NotificationRepository), a_full_notification()
    one.read_at = None
    await stage.add(NotificationRepository, one)
    loaded = await notifications.of_user(one.user_id, one.id)
    loaded.read(at=LATER)
    await notifications.keep(loaded)

    kept = await notifications.of_user(one.user_id, one.id)
    assert (kept.read_at, kept.revision, kept.updated_at) == (LATER, one.revision + 1, LATER)


async def a_pair_is_related_until_the_end(stage: Stage) -> None:
    """Others are not, and after the end nobody is."""
    relations, relation = stage.all(RelationRepository), a_relation()
    pair = relation.trainer_id, relation.athlete_id
    await stage.add(RelationRepository, relation)
    await refused(relations.refuse_related(*pair), RelationExists)
    await relations.refuse_related(*reversed(pair))
    loaded = await relations.of_member(relation.id, trainer_id=pair[0], athlete_id=None)
    loaded.end(by=Side.ATHLETE, at=LATER)
    await stage.forget()

    await relations.refuse_related(*pair)


async def the_athletes_of_a_trainer_are_those_of_relations_that_stand(stage: Stage) -> None:
    """Strangers and former athletes are told apart."""
    relations, relation = stage.all(RelationRepository), a_relation()
    await stage.add(RelationRepository, relation)
    trainer_id, athlete_id = relation.trainer_id, relation.athlete_id

    [found] = await relations.standing_with(trainer_id, [athlete_id])
    assert found.id == relation.id
    await refused(relations.standing_with(trainer_id, [athlete_id, uuid4()]), AthleteNotFound)
    await refused(relations.standing_with(uuid4(), [athlete_id]), AthleteNotFound)
    found.end(by=Side.ATHLETE, at=LATER)
    await stage.forget()
    await refused(relations.standing_with(trainer_id, [athlete_id]), RelationNotActive)


async def whoever_s_relation_ends_leaves_every_group(stage: Stage) -> None:
    """Others stay, and the group's revision tells that it changed."""
    groups, group = stage.all(GroupRepository), a_full_group()
    gone, stays = group._members
    await stage.add(GroupRepository, group)
    await groups.take_out(gone.relation_id, at=LATER)

    left = await groups.of_trainer(group.trainer_id, group.id)
    assert left.athlete_ids == (stays.athlete_id,)
    assert (left.revision, left.updated_at) == (group.revision + 1, LATER)


async def all_of_one_user_are_read(stage: Stage) -> None:
    """Neither those of others, nor deleted ones, nor twice."""
    notifications, user_id = stage.all(NotificationRepository), uuid4()
    unread = [a_full_notification() for _ in range(4)]
    for number, one in enumerate(unread):
        one.read_at = None
        one.user_id = uuid4() if number == 0 else user_id
        await stage.add(NotificationRepository, one)
    await stage.delete("notifications", unread[3].id)

    assert await notifications.read_all(user_id, at=LATER) == 2
    assert await notifications.read_all(user_id, at=LATER) == 0
    foreign = await notifications.of_user(unread[0].user_id, unread[0].id)
    assert not foreign.is_read


async def only_one_command_changes_the_inventories_of_a_user(stage: Stage) -> None:
    """A second unit of work waits, and learns whether there is one already."""
    inventories, inventory = stage.all(PlateInventoryRepository), a_full_plate_inventory()
    assert await inventories.hold(inventory.user_id) is False
    await stage.add(PlateInventoryRepository, inventory)
    assert await inventories.hold(inventory.user_id) is True

    async def hold(of: UUID) -> bool:
        async with a_unit_of_work(stage.container) as other:
            return bool(await other.all(PlateInventoryRepository).hold(of))
        raise AssertionError

    assert await asyncio.wait_for(hold(uuid4()), 10) is False
    waiting = asyncio.create_task(hold(inventory.user_id))
    done, _ = await asyncio.wait([waiting], timeout=0.2)
    assert not done
    waiting.cancel()
    await asyncio.wait([waiting])


async def the_default_inventory_makes_way(stage: Stage) -> None:
    """That of others stays, and where there is none nothing happens."""
    inventories = stage.all(PlateInventoryRepository)
    own, foreign = a_full_plate_inventory(), a_full_plate_inventory()
    for one in (own, foreign):
        await stage.add(PlateInventoryRepository, one)
    await inventories.clear_default(own.user_id, at=LATER)
    await inventories.clear_default(own.user_id, at=LATER)
    await inventories.clear_default(uuid4(), at=LATER)
    await stage.forget()

    left = await inventories.of_user(own.user_id, own.id)
    other = await inventories.of_user(foreign.user_id, foreign.id)
    assert (left.is_default, left.revision, left.updated_at) == (False, own.revision + 1, LATER)
    assert other.is_default


async def a_workout_knows_whether_it_is_being_done(stage: Stage) -> None:
    """Only a session in progress that was not deleted counts."""
    workouts, workout = stage.all(WorkoutRepository), a_full_workout()
    owner = SessionOwner(user_id=uuid4(), workout_id=workout.id, athlete_id=workout.athlete_id)
    ended, session = a_full_session(), a_session(owner)
    ended.workout_id = workout.id
    await stage.add(WorkoutRepository, workout)
    await stage.add(WorkoutSessionRepository, ended)
    before = await workouts.has_running_session(workout.id)
    await stage.add(WorkoutSessionRepository, session)
    during = await workouts.has_running_session(workout.id)
    elsewhere = await workouts.has_running_session(uuid4())
    await stage.delete("workout_sessions", session.id)
    after = await workouts.has_running_session(workout.id)

    assert (before, during, elsewhere, after) == (False, True, False, False)


async def idle_are_running_sessions_of_long_ago(stage: Stage) -> None:
    """Neither ended, nor deleted, nor busy ones; no more than asked for."""
    long_ago = datetime.fromisoformat("1999-12-31T12:00:00Z")
    moment = long_ago + timedelta(hours=12)
    idle = [running(at=long_ago) for _ in range(3)]
    ended, deleted, busy = running(at=long_ago), running(at=long_ago), running(at=moment)
    ended.abandon("abandoned", at=long_ago)
    for session in (*idle, ended, deleted, busy):
        await stage.add(WorkoutSessionRepository, session)
    await stage.delete("workout_sessions", deleted.id)
    sessions = stage.all(WorkoutSessionRepository)

    found = {session.id for session in await sessions.idle_since(moment, 100)}
    assert found == {session.id for session in idle}
    assert len(await sessions.idle_since(moment, 2)) == 2


async def only_one_command_holds_the_place_of_a_user(stage: Stage) -> None:
    """A second unit of work waits, one for another user does not."""
    sessions, user_id = stage.all(WorkoutSessionRepository), uuid4()
    await sessions.hold_running_place(user_id)

    async def hold(of: UUID) -> None:
        async with a_unit_of_work(stage.container) as other:
            await other.all(WorkoutSessionRepository).hold_running_place(of)

    await asyncio.wait_for(hold(uuid4()), 10)
    waiting = asyncio.create_task(hold(user_id))
    done, _ = await asyncio.wait([waiting], timeout=0.2)
    assert not done
    # Its place is free once this unit of work has ended.
    waiting.cancel()
    await asyncio.wait([waiting])


async def the_running_session_of_a_user_is_known(stage: Stage) -> None:
    """One that ended or was deleted is not running."""
    sessions, session, ended = stage.all(WorkoutSessionRepository), running(), a_full_session()
    await stage.add(WorkoutSessionRepository, session)
    await stage.add(WorkoutSessionRepository, ended)

    assert await sessions.running_of(session.user_id) == session.id
    assert await sessions.running_of(ended.user_id) is None
    await stage.delete("workout_sessions", session.id)
    assert await sessions.running_of(session.user_id) is None


async def a_session_is_known_by_its_client_s_id(stage: Stage) -> None:
    """To its own user only; once it is deleted, its id is refused rather than forgotten."""
    sessions, session = stage.all(WorkoutSessionRepository), a_full_session()
    key = session.client_generated_id
    await stage.add(WorkoutSessionRepository, session)

    assert await sessions.by_client_id(session.user_id, key) == session.id
    assert await sessions.by_client_id(uuid4(), key) is None
    assert await sessions.by_client_id(session.user_id, uuid4().hex) is None
    await stage.delete("workout_sessions", session.id)
    await refused(sessions.by_client_id(session.user_id, key), SessionRemoved)
    await refused(sessions.by_client_id(uuid4(), key), None)


async def closed_workouts_refuse_to_be_taken_up_again(stage: Stage) -> None:
    """Open ones do not, nor does what is not there."""
    sessions, workout = stage.all(WorkoutSessionRepository), a_full_workout()
    await stage.add(WorkoutRepository, workout)
    await sessions.refuse_closed_workout(workout.id)
    await sessions.refuse_closed_workout(uuid4())

    for status in ("completed", "cancelled"):
        await stage.work.execute(
            "UPDATE workouts SET status = $2::text WHERE id = $1::uuid", workout.id, status
        )
        await refused(sessions.refuse_closed_workout(workout.id), WorkoutClosedAlready)


LOOK_UPS: Final[dict[tuple[type[Any], str], Callable[[Stage], Awaitable[None]]]] = {
    (
        ExerciseRepository,
        "both_of",
    ): two_exercises_come_together_unless_the_second_is_nobody_s,
    (SetTypeRepository, "is_used"): a_type_of_set_is_used_by_sets_that_were_not_removed,
    (LoginSessionRepository, "add_token"): the_next_token_finds_its_session,
    (LoginSessionRepository, "living_of"): the_living_sessions_are_those_not_ended,
    (SecondFactorRepository, "all_locked"): every_second_factor_is_found,
    (ApiKeyRepository, "living_of"): the_living_keys_are_those_not_revoked,
    (SecondFactorRepository, "remove"): a_removed_second_factor_is_gone_with_its_codes,
    (RelationRepository, "refuse_related"): a_pair_is_related_until_the_end,
    (
        RelationRepository,
        "standing_with",
    ): the_athletes_of_a_trainer_are_those_of_relations_that_stand,
    (GroupRepository, "take_out"): whoever_s_relation_ends_leaves_every_group,
    (NotificationRepository, "keep"): what_changed_in_a_notification_is_kept,
    (NotificationRepository, "read_all"): all_of_one_user_are_read,
    (PlateInventoryRepository, "hold"): only_one_command_changes_the_inventories_of_a_user,
    (PlateInventoryRepository, "clear_default"): the_default_inventory_makes_way,
    (WorkoutRepository, "has_running_session"): a_workout_knows_whether_it_is_being_done,
    (WorkoutSessionRepository, "idle_since"): idle_are_running_sessions_of_long_ago,
    (WorkoutSessionRepository, "hold_running_place"): only_one_command_holds_the_place_of_a_user,
    (WorkoutSessionRepository, "running_of"): the_running_session_of_a_user_is_known,
    (WorkoutSessionRepository, "by_client_id"): a_session_is_known_by_its_client_s_id,
    (
        WorkoutSessionRepository,
        "refuse_closed_workout",
    ): closed_workouts_refuse_to_be_taken_up_again,
}


@pytest.mark.parametrize("look_up", LOOK_UPS.values(), ids=lambda look_up: look_up.__name__)
async def test_what_only_this_repository_does(
    look_up: Callable[[Stage], Awaitable[None]], container: Container
) -> None:
    async with a_unit_of_work(container) as stage:
        await look_up(stage)


async def test_a_shipped_exercise_is_everybody_s(container: Container) -> None:
    shipped = a_full_exercise()
    shipped.owner_id = None

    async with a_unit_of_work(container) as stage:
        await stage.add(ExerciseRepository, shipped)
        found = await stage.all(ExerciseRepository).shipped_or_owned_by(uuid4(), shipped.id)

    assert found.id == shipped.id


async def test_a_removed_set_is_not_found_with_its_session(container: Container) -> None:
    session = a_full_session()
    removed, stays = session.sets
    of_removed, of_stays = removed.reps[0].id, stays.reps[0].id

    async with a_unit_of_work(container) as stage:
        sessions = stage.all(WorkoutSessionRepository)
        await stage.add(WorkoutSessionRepository, session)
        await stage.delete("performed_sets", removed.id)
        await refused(sessions.own_with_set(session.user_id, removed.id), SetNotFound)
        await refused(sessions.own_with_rep(session.user_id, of_removed), RepNotFound)
        found, set_id = await sessions.own_with_rep(session.user_id, of_stays)

    assert [one.id for one in found.sets] == [set_id] == [stays.id]
