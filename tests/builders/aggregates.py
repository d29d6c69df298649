"""One example of every aggregate, filled to the last optional field."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

from tests.builders.coaching import NOON, a_relation, a_trainer, an_athlete, an_invitation
from tests.builders.programs import deload, percentages, rpe
from tests.builders.workouts import (
    a_draft,
    a_plan,
    a_prescription,
    a_session,
    a_set,
    a_target,
    a_workout,
)
from workout_domain.catalogue.classification import (
    Equipment,
    ExerciseCategory,
    Laterality,
    LoadKind,
    MeasurementType,
    MovementPattern,
    Muscle,
)
from workout_domain.catalogue.exercise import Exercise, ExerciseDetails
from workout_domain.catalogue.set_type import SetType, SetTypeDetails
from workout_domain.coaching.group import AthleteGroup, GroupMember
from workout_domain.coaching.invitation import Invitation
from workout_domain.coaching.note import CoachingNote, NoteVisibility
from workout_domain.coaching.profiles import Athlete, Trainer
from workout_domain.coaching.relation import CoachingRelation, ProposedTransfer, Side
from workout_domain.identity.api_key import ApiKey
from workout_domain.identity.login_session import Device, LoginSession
from workout_domain.identity.second_factor import SecondFactor
from workout_domain.identity.user import Gender, Profile, User
from workout_domain.kernel.aggregate import Aggregate
from workout_domain.kernel.load import Load, MeasurementUnit
from workout_domain.notifications.notification import Notification, NotificationType
from workout_domain.programs.loading import LoadKind as RuleLoadKind
from workout_domain.programs.rule import ProgressionRule
from workout_domain.programs.steps import State
from workout_domain.programs.training_max import TrainingMax, TrainingMaxReason
from workout_domain.strength.plate_inventory import Bar, Contents, FixedWeights, PlateInventory
from workout_domain.strength.plates import PlateStock
from workout_domain.training.blocks import Block, BlockKind
from workout_domain.training.effective_load import LoadRule
from workout_domain.training.performed_set import RepDraft
from workout_domain.training.performed_set import Side as WorkedSide
from workout_domain.training.targets import SetTarget
from workout_domain.training.template import Lineup, TemplateDetails, WorkoutTemplate
from workout_domain.training.workout import Workout, WorkoutType
from workout_domain.training.workout_session import SessionOwner, SessionSummary, WorkoutSession

LATER = NOON + timedelta(hours=1, microseconds=123_456)
POUNDS = Load(Decimal("220.462"), MeasurementUnit.POUNDS)


def a_full_user() -> User:
    """Make an account with roles and everything about its owner."""
    profile = Profile(
        first_name="Ána",
        last_name="Łęcka",
        date_of_birth=date(1990, 2, 28),
        gender=Gender.FEMALE,
        phone_number="+43 1 234",
        profile_picture_url="https://example.com/ana.png",
        preferred_unit=MeasurementUnit.POUNDS,
        time_zone="Europe/Vienna",
    )
    name = f"ana{uuid4().hex[:12]}"
    user = User.register(
        user_id=uuid4(),
        username=name,
        email=f"{name}@example.com",
        password_hash="hash",
        profile=profile,
        at=NOON,
    )
    user.grant("trainer", at=NOON)
    user.grant("athlete", at=LATER)
    user.confirm_email(at=LATER)
    user.locked_at, user.reviewed_at = LATER, NOON
    return user


def a_full_login_session() -> LoginSession:
    """Make a sign-in that has ended."""
    session = LoginSession.begin(
        session_id=uuid4(),
        user_id=uuid4(),
        device=Device(ip_address="2001:db8::1", user_agent="Test/1.0"),
        method="password",
        at=NOON,
    )
    session.issue("hash", lifetime=timedelta(days=7), at=NOON)
    session.end("logged_out", at=LATER)
    return session


def a_full_second_factor() -> SecondFactor:
    """Make a second factor that was used, by a code and by a recovery code."""
    factor = SecondFactor.begin(
        second_factor_id=uuid4(), user_id=uuid4(), sealed_secret=b"sealed", at=NOON
    )
    factor.turn_on(59_000_000, ["first", "second"], at=NOON)
    factor.use_step(59_000_001, at=LATER)
    factor.use_recovery_code("first", at=LATER)
    return factor


def a_full_api_key() -> ApiKey:
    """Make a key that was used and revoked."""
    key = ApiKey.create(
        key_id=uuid4(),
        user_id=uuid4(),
        name="Spreadsheet",
        prefix="wko_abc",
        key_hash=uuid4().hex,
        scopes=["training:read", "account:read"],
        expires_at=LATER,
        at=NOON,
    )
    key.last_used_at = LATER
    key.revoke(at=LATER)
    return key


def a_full_trainer() -> Trainer:
    """Make a trainer with a described profile."""
    trainer = a_trainer()
    trainer.describe(bio="Twenty years — ü", specialization="Weightlifting", at=LATER)
    return trainer


def a_full_athlete() -> Athlete:
    """Make an athlete who was measured."""
    athlete = an_athlete()
    athlete.measure(height=Decimal("172.5"), weight=POUNDS, at=LATER)
    return athlete


def a_full_invitation() -> Invitation:
    """Make an invitation that was answered."""
    invitation = an_invitation(email="ana@example.com")
    invitation.message = "Come and train"
    invitation.answered_at = LATER
    invitation.relation_id = uuid4()
    return invitation


def a_full_relation() -> CoachingRelation:
    """Make a relation that was paused and has ended."""
    relation = a_relation()
    relation.pause(by=Side.ATHLETE, at=NOON)
    relation.end(by=Side.TRAINER, at=LATER)
    relation.paused_by = Side.ATHLETE
    relation.transfer = ProposedTransfer(uuid4(), uuid4(), LATER, "She knows more.")
    return relation


def a_full_note() -> CoachingNote:
    """Make a note that is shared."""
    note = CoachingNote.write(
        note_id=uuid4(),
        relation=a_relation(),
        text="Knees cave in above 100 kg — ü",
        visibility=NoteVisibility.SHARED,
        at=NOON,
    )
    note.updated_at = LATER
    return note


def a_full_group() -> AthleteGroup:
    """Make a group of two athletes."""
    return AthleteGroup.create(
        group_id=uuid4(),
        trainer_id=uuid4(),
        name=f"Juniors {uuid4().hex}",
        description="Under 20",
        members=[GroupMember(relation_id=uuid4(), athlete_id=uuid4()) for _ in range(2)],
        at=NOON,
    )


def a_full_exercise() -> Exercise:
    """Make a trainer's own exercise, as if it had been merged."""
    details = ExerciseDetails(
        name=f"Zercher squat {uuid4().hex}",
        description="Bar in the elbows",
        category=ExerciseCategory.STRENGTH,
        equipment=next(iter(Equipment)),
        primary_muscles=(next(iter(Muscle)),),
        secondary_muscles=tuple(list(Muscle)[1:3]),
        movement_pattern=next(iter(MovementPattern)),
        measurement_type=MeasurementType.WEIGHT_REPS,
        load_kind=LoadKind.EXTERNAL,
        bodyweight_share=Decimal("0.885"),
        laterality=Laterality.BILATERAL,
        aliases=("Elbow squat", "Zercher"),
    )
    exercise = Exercise.create(exercise_id=uuid4(), owner_id=uuid4(), details=details, at=NOON)
    exercise.merged_into_id = uuid4()
    return exercise


def a_full_set_type() -> SetType:
    """Make a kind of set."""
    return SetType.create(
        set_type_id=uuid4(),
        code=f"c{uuid4().hex}",
        details=SetTypeDetails(name="Cluster", description="With pauses", is_warm_up=True),
        at=NOON,
    )


def a_full_workout() -> Workout:
    """Make an assigned workout with exercises in weight, time and distance, one set by set."""
    lift = a_prescription(load=POUNDS, sets=2, targets=(a_target(), a_target(2, load=POUNDS)))
    drop = a_prescription(sets=2, block=1)
    carry = a_prescription(
        duration_seconds=Decimal("30.125"), distance_meters=Decimal("400.5"), sets=1
    )
    builder = replace(a_workout(), plan=a_plan(description="Slow", scheduled_date=LATER))
    blocks = (
        Block(kind=BlockKind.EMOM, interval_seconds=90, rounds=3, rest_seconds=0, notes="ü"),
        Block(kind=BlockKind.DROP),
    )
    together = replace(lift, block=0)
    return replace(builder, blocks=blocks).asking(together, drop, carry).assigned_to(uuid4())


def a_full_template() -> WorkoutTemplate:
    """Make a trainer's own template, one exercise of it set by set."""
    lift = a_prescription(load=POUNDS, sets=2, block=0, targets=(a_target(), a_target(2)))
    carry = a_prescription(
        duration_seconds=Decimal("30.125"), distance_meters=Decimal("400.5"), sets=1
    )
    details = TemplateDetails(
        name=f"Day {uuid4().hex}",
        type=WorkoutType.POWERLIFTING,
        description="Heavy — ü",
        estimated_duration_minutes=75,
        tags=("heavy", "lower body"),
    )
    lineup = Lineup(
        exercises=[(uuid4(), lift), (uuid4(), carry)], blocks=(Block(kind=BlockKind.CLUSTER),)
    )
    return WorkoutTemplate(
        template_id=uuid4(), owner_id=uuid4(), details=details, lineup=lineup, at=NOON
    )


def a_full_session() -> WorkoutSession:
    """Make a completed session with logs, sets and repetitions."""
    owner = SessionOwner(
        user_id=uuid4(), athlete_id=uuid4(), workout_id=uuid4(), trainer_id=uuid4()
    )
    session = a_session(
        owner,
        [(uuid4(), 5), (uuid4(), 3)],
        time_zone="Pacific/Auckland",
        bodyweight=POUNDS,
        client_generated_id=uuid4().hex,
    )
    first, second = session.exercise_logs
    target = SetTarget(number=1, reps_min=6, reps_max=8, load=POUNDS, rpe=Decimal(8))
    first.targets = (target,)
    first.completed_sets, first.is_completed, second.completed_sets = 5, True, 1
    second.substituted_exercise_id = uuid4()
    reps = (
        RepDraft(rep_number=1),
        RepDraft(rep_number=2, load=POUNDS, success=False),
    )
    draft = a_draft(
        reps=reps,
        duration_seconds=Decimal("12.5"),
        distance_meters=Decimal("3.25"),
        rpe=Decimal("8.5"),
        rir=Decimal(1),
        side=WorkedSide.LEFT,
        description="belt",
        notes="deep",
    )
    rule = LoadRule.of(LoadKind.BODYWEIGHT, Decimal("0.64"), POUNDS)
    session._sets = [
        a_set(
            session.id,
            draft,
            load_rule=rule,
            target=target,
            sequence=sequence,
            client_generated_id=f"set-{sequence}",
        )
        for sequence in (2, 3)
    ]
    head, drop = session.sets
    drop.parent_set_id = head.id
    for one in session.sets:
        for rep in one.reps:
            rep.client_generated_id = uuid4().hex
    summary = SessionSummary(
        duration_minutes=Decimal("62.25"),
        exercises_summary={"best": [1.5, None, "ü"]},
        notes="Strong",
        session_rpe=Decimal("7.5"),
    )
    session.complete(summary, at=LATER)
    session.rest_seconds, session.rest_ends_at = 90, LATER
    return session


def a_full_notification() -> Notification:
    """Make a notification that was read."""
    notification = Notification(
        notification_id=uuid4(),
        user_id=uuid4(),
        message="Ána completed Lower body",
        type=NotificationType.PROGRESS_UPDATE,
        data={"workout_id": str(uuid4()), "percentage": 33.3},
        at=NOON,
    )
    notification.read_at = LATER
    return notification


def a_full_plate_inventory() -> PlateInventory:
    """Make a default inventory with something of every kind."""
    contents = Contents(
        unit=MeasurementUnit.KILOGRAMS,
        bars=(
            Bar(name="Olympic bar", load=Load(Decimal(20))),
            Bar(name="Landmine ü", load=POUNDS, sides=1),
        ),
        collars=Load(Decimal("0.5")),
        plates=(
            PlateStock(load=Load(Decimal("2.50")), pairs=2),
            PlateStock(load=POUNDS, pairs=0),
        ),
        fixed=(FixedWeights(name="Dumbbells", weights=(Load(Decimal("12.5")), POUNDS)),),
    )
    return PlateInventory.create(
        inventory_id=uuid4(),
        user_id=uuid4(),
        name=f"Home gym {uuid4().hex}",
        contents=contents,
        is_default=True,
        at=NOON,
    )


def a_full_training_max() -> TrainingMax:
    """Make a training max that came of a proposal."""
    training_max = TrainingMax.declare(
        training_max_id=uuid4(),
        athlete_id=uuid4(),
        exercise_id=uuid4(),
        load=POUNDS,
        effective_from=date(2026, 2, 28),
        reason=TrainingMaxReason.RULE_ACCEPTED,
        by=uuid4(),
        note="Tested on Friday — ü",
        at=NOON,
    )
    training_max.accept(rule_id=uuid4(), application_id=uuid4())
    return training_max


def a_full_rule() -> ProgressionRule:
    """Make a rule of percentages that has gone on for a while."""
    rule = ProgressionRule.begin(
        rule_id=uuid4(),
        athlete_id=uuid4(),
        exercise_id=uuid4(),
        load_kind=RuleLoadKind.BODYWEIGHT,
        parameters=percentages(deload=deload(2, "7.5", reset_on_success=False)),
        created_by=uuid4(),
        at=NOON,
    )
    rule.change(rpe(step_cap=Decimal(5)), at=LATER)
    rule.stand_at(
        State(
            load=Decimal("102.123"),
            successes=1,
            failures=2,
            week=3,
            day=2,
            cycle=4,
            cycle_failures=1,
            once=Decimal("97.5"),
        )
    )
    return rule


EXAMPLES: dict[type[Aggregate], Callable[[], Aggregate]] = {
    User: a_full_user,
    LoginSession: a_full_login_session,
    SecondFactor: a_full_second_factor,
    ApiKey: a_full_api_key,
    Trainer: a_full_trainer,
    Athlete: a_full_athlete,
    Invitation: a_full_invitation,
    CoachingRelation: a_full_relation,
    CoachingNote: a_full_note,
    AthleteGroup: a_full_group,
    Exercise: a_full_exercise,
    SetType: a_full_set_type,
    Workout: a_full_workout,
    WorkoutTemplate: a_full_template,
    WorkoutSession: a_full_session,
    Notification: a_full_notification,
    PlateInventory: a_full_plate_inventory,
    TrainingMax: a_full_training_max,
    ProgressionRule: a_full_rule,
}
