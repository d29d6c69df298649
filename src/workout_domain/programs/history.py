"""A rule's history: what people decided and what sessions made of it, entry by entry."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from workout_domain.programs.advancing import advance
from workout_domain.programs.loading import LoadKind
from workout_domain.programs.parameters import Parameters, RuleKind
from workout_domain.programs.performance import Performance
from workout_domain.programs.prescribing import Scheme
from workout_domain.programs.reckoning import Reckoning
from workout_domain.programs.steps import Finding, Outcome, Reason, State
from workout_domain.programs.training_max import KnownMax, in_force
from workout_domain.programs.wording import weight


class Cause(StrEnum):
    """What an entry follows from: somebody's decision, or a session."""

    STARTED = "started"
    CHANGED = "changed"
    OVERRIDDEN = "overridden"
    SESSION = "session"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """
    One application of a rule: what it looked at, where it stood before and after, and why.

    ``at`` is its place in the history: a decision's moment, a session's begin. ``version`` and
    ``parameters`` are those in force; ``load`` and ``by`` an override's; ``training_max`` is the
    one looked at, in the rule's unit.
    """

    cause: Cause
    at: datetime
    version: int
    parameters: Parameters
    before: State
    after: State
    reason: Reason
    sentence: str
    outcome: Outcome | None = None
    session_id: UUID | None = None
    workout_id: UUID | None = None
    day: date | None = None
    findings: tuple[Finding, ...] = ()
    reckoning: Reckoning | None = None
    training_max: Decimal | None = None
    proposed_training_max: Decimal | None = None
    by: UUID | None = None
    note: str | None = None
    load: Decimal | None = None

    @property
    def decision(self) -> "Decision | None":
        """What somebody decided; None of a session."""
        if self.cause is Cause.SESSION:
            return None
        return Decision(
            cause=self.cause,
            at=self.at,
            version=self.version,
            parameters=self.parameters,
            by=self.by,
            note=self.note,
            load=self.load,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What somebody decided about a rule: that it starts, says something else, or a load."""

    cause: Cause
    at: datetime
    version: int
    parameters: Parameters
    by: UUID | None = None
    note: str | None = None
    load: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attended:
    """
    A completed session in which the exercise was done, on the athlete's local ``day``.

    ``at`` is its place in a history: when it began, or for one that was entered later, its date.
    """

    performance: Performance
    at: datetime
    day: date
    session_id: UUID | None = None
    workout_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a history stands before what is to be replayed."""

    state: State
    version: int
    parameters: Parameters


def replayed(
    load_kind: LoadKind,
    standing: Standing | None,
    decisions: Iterable[Decision],
    sessions: Iterable[Attended],
    training_maxes: Sequence[KnownMax],
) -> list[Entry]:
    """
    Return the entries that follow, in order, from decisions and sessions after ``standing``.

    The same decisions, sessions and training maxes give the same entries, in whatever order they
    became known. Sessions before the first decision, and such of which no set counts, are left out.
    """
    happened: list[Decision | Attended] = [*decisions]
    happened += [one for one in sessions if one.performance.counted]
    entries: list[Entry] = []
    for one in sorted(happened, key=_place):
        if isinstance(one, Decision):
            entry = _decided(load_kind, standing, one)
        elif standing is not None:
            entry = _judged(load_kind, standing, one, training_maxes)
        else:
            continue
        entries.append(entry)
        standing = Standing(state=entry.after, version=entry.version, parameters=entry.parameters)
    return entries


def _place(happened: Decision | Attended) -> tuple[datetime, bool, int, str]:
    """Order by time; of what happened at once decisions come first, as they were made."""
    if isinstance(happened, Decision):
        return happened.at, False, happened.version, ""
    return happened.at, True, 0, str(happened.session_id)


def _decided(load_kind: LoadKind, standing: Standing | None, decision: Decision) -> Entry:
    scheme = Scheme(parameters=decision.parameters, load_kind=load_kind)
    if standing is None:
        begun = scheme.begun()
        return _entry(decision, begun, begun, Reason.STARTED, "The rule was set.")
    before = standing.state
    if decision.load is not None:
        after = scheme.overridden(before, decision.load)
        said = weight(decision.load, decision.parameters.unit)
        return _entry(decision, before, after, Reason.OVERRIDDEN, f"Somebody set {said}.")
    then = Scheme(parameters=standing.parameters, load_kind=load_kind)
    after = scheme.goes_on_from(before, then)
    return _entry(decision, before, after, Reason.CHANGED, "The rule was changed.")


def _entry(decision: Decision, before: State, after: State, reason: Reason, sentence: str) -> Entry:
    return Entry(
        cause=decision.cause,
        at=decision.at,
        version=decision.version,
        parameters=decision.parameters,
        before=before,
        after=after,
        reason=reason,
        sentence=sentence,
        by=decision.by,
        note=decision.note,
        load=decision.load,
    )


def _judged(
    load_kind: LoadKind,
    standing: Standing,
    session: Attended,
    training_maxes: Sequence[KnownMax],
) -> Entry:
    scheme = Scheme(parameters=standing.parameters, load_kind=load_kind)
    figure = _maximum(standing.parameters, session, training_maxes)
    moved = advance(scheme, standing.state, session.performance, figure)
    return Entry(
        cause=Cause.SESSION,
        at=session.at,
        version=standing.version,
        parameters=standing.parameters,
        before=standing.state,
        after=moved.state,
        reason=moved.reason,
        sentence=moved.sentence,
        outcome=moved.outcome,
        session_id=session.session_id,
        workout_id=session.workout_id,
        day=session.day,
        findings=moved.findings,
        reckoning=moved.reckoning,
        training_max=figure,
        proposed_training_max=moved.proposed_training_max,
    )


def _maximum(
    parameters: Parameters, session: Attended, training_maxes: Sequence[KnownMax]
) -> Decimal | None:
    if parameters.kind is not RuleKind.TRAINING_MAX_PERCENTAGE:
        return None
    found = in_force(training_maxes, on=session.day, known_at=session.at)
    return None if found is None else found.in_unit(parameters.unit)
