"""Follows rules through what happened: replays what came after a moment, keeps what came before."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from workout_application.programs.ports import (
    AttendedSessions,
    KnownHistory,
    KnownMaxima,
    RuleFacts,
    RuleHistories,
    StoredEntry,
)
from workout_domain.programs.history import Attended, Cause, Decision, Entry, replayed
from workout_domain.programs.steps import State
from workout_domain.programs.training_max import KnownMax
from workout_shared.identifiers import Identifiers


class Followed:
    """What following brought: where each rule stands, and the entries that are new."""

    def __init__(self) -> None:
        self.states: dict[UUID, State] = {}
        self.added: list[tuple[RuleFacts, StoredEntry]] = []
        self.superseded: list[UUID] = []


class Follower:
    """
    Replays the histories of rules of one athlete, in as many statements for many as for one.

    An entry that comes out as it was stays; one that comes out otherwise is superseded by a new
    one, and kept. So a repeat changes nothing.
    """

    def __init__(
        self,
        histories: RuleHistories,
        sessions: AttendedSessions,
        maxima: KnownMaxima,
        identifiers: Identifiers,
    ) -> None:
        self._histories, self._sessions, self._maxima = histories, sessions, maxima
        self._identifiers = identifiers

    async def follow(
        self,
        rules: Sequence[RuleFacts],
        *,
        since: datetime,
        at: datetime,
        decision: Decision | None = None,
    ) -> Followed:
        """Replay everything from ``since`` on, ``decision`` about all of them included."""
        followed = Followed()
        if not rules:
            return followed
        known = await self._histories.known([rule.id for rule in rules], since=since)
        exercise_ids = {rule.exercise_id for rule in rules}
        attended = await self._sessions.since(rules[0].user_id, exercise_ids, since)
        maxima = await self._maxima.of(rules[0].athlete_id, exercise_ids)
        for rule in rules:
            of_exercise = attended.get(rule.exercise_id, [])
            entries = _entries(
                rule, known[rule.id], of_exercise, maxima.get(rule.exercise_id, []), decision
            )
            self._compare(followed, rule, known[rule.id], entries)
        added = [(rule.id, stored) for rule, stored in followed.added]
        await self._histories.replace(followed.superseded, added, at=at)
        return followed

    def _compare(
        self, followed: Followed, rule: RuleFacts, known: KnownHistory, entries: list[Entry]
    ) -> None:
        stored = {_key(one.entry): one for one in known.entries}
        for entry in entries:
            before = stored.pop(_key(entry), None)
            if before is not None and before.entry == entry:
                continue
            fresh = StoredEntry(id=self._identifiers.new(), entry=entry)
            if before is not None:
                followed.superseded.append(before.id)
                fresh = _with_answer(fresh, before)
            followed.added.append((rule, fresh))
        followed.superseded.extend(one.id for one in stored.values())
        if entries:
            followed.states[rule.id] = entries[-1].after
        elif known.standing is not None:
            followed.states[rule.id] = known.standing.state


def _entries(
    rule: RuleFacts,
    known: KnownHistory,
    attended: Sequence[Attended],
    maxima: Sequence[KnownMax],
    decision: Decision | None,
) -> list[Entry]:
    decisions = [one.entry.decision for one in known.entries]
    decided = [one for one in (*decisions, decision) if one is not None]
    return replayed(rule.load_kind, known.standing, decided, attended, maxima)


def _key(entry: Entry) -> tuple[Cause, object, object]:
    """Tell which session or decision an entry is of, whatever came of it."""
    if entry.cause is Cause.SESSION:
        return entry.cause, entry.session_id, None
    return entry.cause, entry.at, entry.version


def _with_answer(fresh: StoredEntry, before: StoredEntry) -> StoredEntry:
    """Let an entry that proposes the same as the one before it keep the answer to that."""
    is_same = fresh.entry.proposed_training_max == before.entry.proposed_training_max
    accepted = before.accepted_training_max_id if is_same else None
    return replace(fresh, accepted_training_max_id=accepted)


def changed_states(followed: Followed) -> Mapping[UUID, State]:
    """Return where the rules stand that have new entries, or lost some."""
    return followed.states if followed.added or followed.superseded else {}
