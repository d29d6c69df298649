"""
SQL of what roll-ups are made of, shared by folding and by reports.

The pieces are common table expressions that build on one another by name:

- ``stale``: sessions of the accounts ``$1`` whose kept roll-up, if there is one, does not count,
  because they changed since or are running;
- ``counted``: sessions to be looked at themselves, with their local day;
- ``fresh`` and ``fresh_sessions``: the roll-ups of ``counted``;
- ``chain``: records among ``candidates``.

What counts is decided here and nowhere else. Sets of a type that warms up count in no tonnage,
estimate, record or hard set. Failed repetitions count in none of these either. Sets measured in
time or distance have no load for this purpose. A repetition whose load is not known is counted,
but moves nothing. A saved estimate was performed by nobody and is no set here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from workout_domain.reporting.records import MOST_COUNTED_REPS, median_factor
from workout_infrastructure.persistence.reporting.tables import COUNTS, FIGURES, SUMS
from workout_infrastructure.persistence.training.performed import IS_TRAINING, PERFORMED

_FACTORS: Final = ", ".join(
    f"({reps}, {median_factor(reps):.20f})" for reps in range(1, MOST_COUNTED_REPS + 1)
)

SESSION: Final = """
s.id AS session_id, s.user_id, s.revision, s.session_date, s.settled_at,
coalesce(s.local_date, (s.session_date AT TIME ZONE coalesce(s.time_zone, 'UTC'))::date)
    AS local_date,
s.status = 'completed' AS is_completed, s.status = 'in_progress' AS is_running,
s.deleted_at IS NULL AS is_alive, coalesce(s.duration_minutes, 0) AS minutes, s.session_rpe
"""

ACCOUNTS: Final = "unnest($1::uuid[]) AS u (id)"


def stale_of(accounts: str) -> str:
    """Return the sessions to be looked at again of a relation ``u`` with the ``id`` of accounts."""
    # Running sessions are found by their own index, settled ones by when they last settled.
    return f"""
state AS (
    SELECT u.id AS user_id, coalesce(t.settled_to, '-infinity'::timestamptz) AS settled_to
    FROM {accounts} LEFT JOIN training_totals t ON t.user_id = u.id
), stale AS MATERIALIZED (
    SELECT {SESSION}, k.session_id IS NOT NULL AS is_kept
    FROM state JOIN workout_sessions s ON s.user_id = state.user_id
    LEFT JOIN session_rollups k ON k.session_id = s.id
    WHERE s.status = 'in_progress' AND s.deleted_at IS NULL
    UNION ALL
    SELECT {SESSION}, k.session_id IS NOT NULL AS is_kept
    FROM state JOIN workout_sessions s
        ON s.user_id = state.user_id AND s.settled_at > state.settled_to
    LEFT JOIN session_rollups k ON k.session_id = s.id
    WHERE k.revision IS DISTINCT FROM s.revision
      AND (k.session_id IS NOT NULL OR s.deleted_at IS NULL)
      AND NOT (s.status = 'in_progress' AND s.deleted_at IS NULL)
)
"""


STALE: Final = stale_of(ACCOUNTS)


def _has_stale(accounts: str) -> str:
    return f"WITH {stale_of(accounts)} SELECT EXISTS (SELECT 1 FROM stale) AS has_stale"


HAS_STALE: Final = _has_stale(ACCOUNTS)
HAS_STALE_OF_ONE: Final = _has_stale("(SELECT $1::uuid AS id) AS u")
"""
The same of a single account.

Of a list the server thinks that it is long, and plans anew with every list: five times the work.
"""

COUNTED_OF_STALE: Final = f"""
counted AS (SELECT * FROM stale WHERE is_alive AND {IS_TRAINING.format("stale.session_id")})
"""

COUNTED_BY_ID: Final = f"""
counted AS MATERIALIZED (
    SELECT {SESSION} FROM workout_sessions s JOIN users u ON u.id = s.user_id
    WHERE s.id = ANY ($1::uuid[]) AND s.deleted_at IS NULL AND s.status <> 'in_progress'
      AND u.deleted_at IS NULL AND {IS_TRAINING.format("s.id")}
)
"""
"""Those to be folded: ended, and of accounts that still are."""

_IS_LIFT: Final = "p.duration_seconds IS NULL AND p.distance_meters IS NULL"

_COUNTS_REPS: Final = f"{_IS_LIFT} AND NOT t.is_warm_up AND reps.loaded <= {MOST_COUNTED_REPS}"

SETS: Final = f"""
reps AS (
    SELECT r.set_id, count(*) FILTER (WHERE r.success) AS successes,
           count(*) FILTER (WHERE NOT r.success) AS failures,
           count(r.effective_kg) FILTER (WHERE r.success) AS loaded,
           count(*) FILTER (WHERE r.weight > 0) AS weighted,
           min(r.effective_kg) FILTER (WHERE r.success) AS least_kg,
           max(r.effective_kg) FILTER (WHERE r.success) AS most_kg,
           sum(r.effective_kg) FILTER (WHERE r.success) AS volume_kg
    FROM counted c JOIN performed_reps r ON r.session_id = c.session_id GROUP BY r.set_id
), sets AS MATERIALIZED (
    SELECT c.user_id, c.session_id, c.local_date, c.session_date, p.exercise_id, p.id AS set_id,
           p.sequence, NOT t.is_warm_up AS is_working, p.side,
           NOT t.is_warm_up AND coalesce(p.rpe, 10 - p.rir, 10) >= 6 AS is_hard,
           coalesce(reps.successes, 0) AS successes, coalesce(reps.failures, 0) AS failures,
           CASE WHEN NOT t.is_warm_up THEN p.duration_seconds END AS working_seconds,
           CASE WHEN NOT t.is_warm_up THEN p.distance_meters END AS working_meters,
           CASE WHEN {_IS_LIFT} THEN coalesce(reps.loaded, 0) ELSE 0 END AS loaded,
           CASE WHEN {_IS_LIFT} THEN reps.volume_kg END AS volume_kg,
           CASE WHEN {_IS_LIFT} AND NOT t.is_warm_up THEN reps.volume_kg END AS working_kg,
           CASE WHEN {_IS_LIFT} AND NOT t.is_warm_up THEN nullif(reps.most_kg, 0) END AS most_kg,
           CASE WHEN {_COUNTS_REPS} THEN nullif(reps.least_kg, 0) END AS least_kg,
           CASE WHEN {_COUNTS_REPS} THEN nullif(reps.least_kg, 0) * f.factor END AS e1rm_kg,
           CASE WHEN {_IS_LIFT} AND NOT t.is_warm_up
                AND coalesce(p.weight, 0) = 0 AND reps.weighted = 0
                THEN nullif(reps.successes, 0) END AS free_reps
    FROM counted c
    JOIN performed_sets p ON p.session_id = c.session_id AND {PERFORMED.format("p")}
    JOIN set_types t ON t.id = p.set_type_id
    LEFT JOIN reps ON reps.set_id = p.id
    LEFT JOIN (VALUES {_FACTORS}) AS f (reps, factor) ON f.reps = reps.loaded
)
"""
"""
One row per set. ``least_kg`` is what all its successful repetitions moved, for records by
repetitions and estimates; ``most_kg`` the heaviest of them.
"""


def _each(column: str) -> str:
    return f"array_agg({column} ORDER BY sequence, set_id)"


def _first(column: str, best: str, values: str) -> str:
    return f"CASE WHEN {best} > 0 THEN {column}[array_position({values}, {best})] END"


# Everything of a group in one order is sorted once; sorting for each best would take longer than
# all the rest. The first of equal sets is the one found.
FRESH: Final = f"""
rep_bests AS (
    SELECT session_id, exercise_id, array_agg(loaded ORDER BY loaded) AS rep_counts,
           array_agg(least_kg ORDER BY loaded) AS rep_kgs,
           array_agg(set_id ORDER BY loaded) AS rep_set_ids
    FROM (
        SELECT DISTINCT ON (session_id, exercise_id, loaded)
               session_id, exercise_id, loaded::integer AS loaded, least_kg, set_id
        FROM sets WHERE least_kg > 0
        ORDER BY session_id, exercise_id, loaded, least_kg DESC, sequence, set_id
    ) heaviest GROUP BY session_id, exercise_id
), added_up AS (
    SELECT session_id, exercise_id, user_id, local_date, session_date,
        count(*) FILTER (WHERE is_working)::integer AS working_sets,
        count(*) FILTER (WHERE NOT is_working)::integer AS warm_up_sets,
        count(*) FILTER (WHERE is_hard)::integer AS hard_sets,
        count(*) FILTER (WHERE is_hard AND side IS NOT NULL)::integer AS sided_hard_sets,
        sum(successes)::integer AS successful_reps, sum(failures)::integer AS failed_reps,
        coalesce(sum(successes) FILTER (WHERE is_working), 0)::integer AS working_reps,
        coalesce(sum(loaded) FILTER (WHERE is_working), 0)::integer AS loaded_reps,
        coalesce(sum(working_kg), 0) AS tonnage_kg,
        coalesce(sum(volume_kg) FILTER (WHERE NOT is_working), 0) AS warm_up_tonnage_kg,
        coalesce(sum(working_seconds), 0) AS seconds, coalesce(sum(working_meters), 0) AS meters,
        max(most_kg) AS best_kg, max(e1rm_kg) AS best_e1rm_kg,
        nullif(max(working_kg), 0) AS best_volume_kg, max(free_reps) AS most_reps,
        nullif(max(working_seconds), 0) AS longest_seconds,
        nullif(max(working_meters), 0) AS farthest_meters,
        {_each("set_id")} AS set_ids, {_each("most_kg")} AS kgs, {_each("e1rm_kg")} AS e1rms,
        {_each("least_kg")} AS loads, {_each("loaded")} AS reps, {_each("working_kg")} AS volumes,
        {_each("free_reps")} AS frees, {_each("working_seconds")} AS times,
        {_each("working_meters")} AS ways
    FROM sets GROUP BY session_id, exercise_id, user_id, local_date, session_date
), fresh AS MATERIALIZED (
    SELECT session_id, exercise_id, user_id, local_date, session_date, {", ".join(FIGURES)},
        best_kg, {_first("set_ids", "best_kg", "kgs")} AS best_kg_set_id,
        best_e1rm_kg, {_first("set_ids", "best_e1rm_kg", "e1rms")} AS best_e1rm_set_id,
        {_first("loads", "best_e1rm_kg", "e1rms")} AS best_e1rm_load_kg,
        {_first("reps", "best_e1rm_kg", "e1rms")}::integer AS best_e1rm_reps,
        best_volume_kg, {_first("set_ids", "best_volume_kg", "volumes")} AS best_volume_set_id,
        most_reps::integer, {_first("set_ids", "most_reps", "frees")} AS most_reps_set_id,
        longest_seconds, {_first("set_ids", "longest_seconds", "times")} AS longest_set_id,
        farthest_meters, {_first("set_ids", "farthest_meters", "ways")} AS farthest_set_id,
        coalesce(rep_counts, '{{}}') AS rep_counts, coalesce(rep_kgs, '{{}}') AS rep_kgs,
        coalesce(rep_set_ids, '{{}}') AS rep_set_ids
    FROM added_up LEFT JOIN rep_bests USING (session_id, exercise_id)
)
"""

ROLLUP_COLUMNS: Final = (
    "session_id",
    "exercise_id",
    "user_id",
    "local_date",
    "session_date",
    *FIGURES,
    "best_kg",
    "best_kg_set_id",
    "best_e1rm_kg",
    "best_e1rm_set_id",
    "best_e1rm_load_kg",
    "best_e1rm_reps",
    "best_volume_kg",
    "best_volume_set_id",
    "most_reps",
    "most_reps_set_id",
    "longest_seconds",
    "longest_set_id",
    "farthest_meters",
    "farthest_set_id",
    "rep_counts",
    "rep_kgs",
    "rep_set_ids",
)
SESSION_COLUMNS: Final = (
    "session_id",
    "user_id",
    "revision",
    "local_date",
    "session_date",
    "is_completed",
    "minutes",
    "session_rpe",
)


SESSION_FIGURES: Final = ("sessions", "completed_sessions", "minutes", *FIGURES)
"""The figures of sessions that may be added up."""


def listed(columns: Iterable[str], alias: str = "") -> str:
    """Write columns one after another."""
    prefix = f"{alias}." if alias else ""
    return ", ".join(f"{prefix}{column}" for column in columns)


def summed(alias: str, *, sign: str = "") -> str:
    """Write the sum of each figure; ``sign`` is put before it."""
    counts = (f"{sign}sum({alias}.{one})::integer AS {one}" for one in COUNTS)
    return ", ".join([*counts, *(f"{sign}sum({alias}.{one}) AS {one}" for one in SUMS)])


def negated(alias: str) -> str:
    """Write each figure as what is to be taken away."""
    return ", ".join(f"-{alias}.{one}" for one in FIGURES)


FRESH_SESSIONS: Final = f"""
fresh_sessions AS (
    SELECT {listed(SESSION_COLUMNS, "c")}, c.settled_at, c.is_running,
           {", ".join(f"coalesce(f.{one}, 0) AS {one}" for one in FIGURES)}
    FROM counted c LEFT JOIN (
        SELECT f.session_id, {summed("f")} FROM fresh f GROUP BY f.session_id
    ) f ON f.session_id = c.session_id
)
"""


def unfolded(accounts: str) -> str:
    """Return all sources of what is not rolled up yet, of accounts as ``stale_of`` takes them."""
    return ", ".join((stale_of(accounts), COUNTED_OF_STALE, SETS, FRESH, FRESH_SESSIONS))


NOT_STALE: Final = "k.session_id NOT IN (SELECT session_id FROM stale)"


def in_window(row: str, first: int) -> str:
    """Return the condition of a window whose four parameters begin with number ``first``."""
    days, instants = (first, first + 1), (first + 2, first + 3)
    return f"""
    {row}.local_date BETWEEN ${days[0]}::date AND ${days[1]}::date
    AND {row}.session_date BETWEEN ${instants[0]}::timestamptz AND ${instants[1]}::timestamptz"""


# Accounts in the order of their ids, as many as have about so many sessions together: each has one
# at least, so no more accounts than sessions are looked at.
BATCH: Final = """
SELECT user_id FROM (
    SELECT user_id, sum(sessions) OVER (ORDER BY user_id) - sessions AS before FROM (
        SELECT s.user_id, count(*) AS sessions FROM workout_sessions s
        WHERE s.deleted_at IS NULL AND ($1::uuid IS NULL OR s.user_id > $1)
        GROUP BY s.user_id ORDER BY s.user_id LIMIT $2::bigint
    ) next
) counted WHERE before < $2::bigint ORDER BY user_id
"""

CANDIDATE_COLUMNS: Final = (
    "user_id",
    "exercise_id",
    "kind",
    "reps",
    "session_id",
    "set_id",
    "local_date",
    "session_date",
    "value",
    "load_kg",
    "load_reps",
)


# What may be a record of an exercise in a session: value, its set, load and repetitions.
_BESTS: Final = {
    "weight": ("best_kg", "best_kg_set_id", "NULL::numeric", "NULL::integer"),
    "e1rm": ("best_e1rm_kg", "best_e1rm_set_id", "best_e1rm_load_kg", "best_e1rm_reps"),
    "set_volume": ("best_volume_kg", "best_volume_set_id", "NULL", "NULL"),
    "session_volume": ("tonnage_kg", "NULL", "NULL", "NULL"),
    "most_reps": ("most_reps", "most_reps_set_id", "NULL", "NULL"),
    "duration": ("longest_seconds", "longest_set_id", "NULL", "NULL"),
    "distance": ("farthest_meters", "farthest_set_id", "NULL", "NULL"),
}
_BEFORE: Final = ", ".join(
    f"max({value}) OVER before AS {kind}_before" for kind, (value, *_) in _BESTS.items()
)
_EACH_BEST: Final = ", ".join(
    f"('{kind}', {', '.join(columns)}, {kind}_before)" for kind, columns in _BESTS.items()
)
_BEFORE_IT: Final = (
    "ORDER BY session_date, session_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING"
)


def candidates_of(relation: str) -> str:
    """
    Return a query of what might be a record in rows like ``exercise_rollups``.

    Whatever is no better than an earlier session's of the same kind and as many repetitions is
    left out at once: it is none, and hides no other. Those are nearly all.
    """
    return f"""
    SELECT user_id, exercise_id, kind, 0 AS reps, session_id, set_id, local_date, session_date,
           value, load_kg, load_reps, false AS is_known, NULL::numeric AS known_previous
    FROM (SELECT x.*, {_BEFORE} FROM {relation} x
          WINDOW before AS (PARTITION BY user_id, exercise_id {_BEFORE_IT})) x
    CROSS JOIN LATERAL (VALUES {_EACH_BEST})
        AS b (kind, value, set_id, load_kg, load_reps, value_before)
    WHERE value > coalesce(value_before, 0)
    UNION ALL
    SELECT user_id, exercise_id, 'reps', reps, session_id, set_id, local_date, session_date,
           kg, NULL, NULL, false, NULL
    FROM (SELECT x.user_id, x.exercise_id, x.session_id, x.local_date, x.session_date, r.*,
                 max(kg) OVER (PARTITION BY user_id, exercise_id, reps {_BEFORE_IT}) AS kg_before
          FROM {relation} x
          CROSS JOIN LATERAL unnest(x.rep_counts, x.rep_kgs, x.rep_set_ids) AS r (reps, kg, set_id)
    ) r WHERE kg > coalesce(kg_before, 0)"""


_LEVELS: Final = """
    CROSS JOIN LATERAL generate_series(
        CASE WHEN c.kind = 'reps' THEN 1 ELSE 0 END, c.reps) AS g (level)"""
_OF_LEVEL: Final = "PARTITION BY user_id, exercise_id, kind, level ORDER BY"

CHAIN: Final = f"""
judged AS (
    SELECT c.*, g.level, max(c.value) OVER before AS best_before, max(c.value) OVER beside AS beside
    FROM candidates c {_LEVELS}
    WINDOW before AS ({_OF_LEVEL} session_date, session_id
               GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING),
           beside AS ({_OF_LEVEL} session_date, session_id
               GROUPS BETWEEN CURRENT ROW AND CURRENT ROW EXCLUDE CURRENT ROW)
), improved AS (
    SELECT {listed(CANDIDATE_COLUMNS)}, is_known,
           CASE WHEN is_known THEN known_previous ELSE best_before END AS previous_value
    FROM judged
    WHERE level = reps AND value > coalesce(best_before, 0) AND value > coalesce(beside, 0)
), chain AS (
    SELECT {listed(CANDIDATE_COLUMNS)}, is_known, previous_value,
           value > coalesce(best_after, 0) AS is_current
    FROM (
        SELECT c.*, g.level, max(c.value) OVER (
            {_OF_LEVEL} session_date DESC, session_id DESC
            GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS best_after
        FROM improved c {_LEVELS}
    ) compared WHERE level = reps
)
"""
"""
Records in the order of sessions: strictly better than every session before.

A set of five is also one of at least three, so by repetitions a candidate is compared with those of
as many repetitions or more: it stands on every ``level`` up to its own.
"""


RECORDS: Final = f"""
touched AS (
    SELECT x.user_id, x.exercise_id, min(x.session_date) AS since FROM (
        SELECT k.user_id, k.exercise_id, k.session_date
        FROM stale JOIN exercise_rollups k ON k.session_id = stale.session_id
        UNION ALL SELECT user_id, exercise_id, session_date FROM fresh
    ) x GROUP BY x.user_id, x.exercise_id
), turned AS MATERIALIZED (
    SELECT t.*, EXISTS (
        SELECT 1 FROM personal_records r
        WHERE r.user_id = t.user_id AND r.exercise_id = t.exercise_id AND r.session_date >= t.since
    ) AS looks_back FROM touched t
), later AS (
    SELECT {listed(ROLLUP_COLUMNS, "k")} FROM touched t JOIN exercise_rollups k
    ON k.user_id = t.user_id AND k.exercise_id = t.exercise_id AND k.session_date >= t.since
    WHERE {NOT_STALE}
    UNION ALL SELECT {listed(ROLLUP_COLUMNS)} FROM fresh
), candidates AS (
    SELECT {listed(CANDIDATE_COLUMNS, "r")}, true AS is_known, r.previous_value AS known_previous
    FROM turned t JOIN personal_records r
    ON r.user_id = t.user_id AND r.exercise_id = t.exercise_id AND r.session_date < t.since
    WHERE r.is_current OR t.looks_back
    UNION ALL {candidates_of("later")}
), {CHAIN}
"""
"""
Records of exercises that stale sessions touch, found again: the others stand as they are kept.

From before the first touched session those still unbeaten are enough, unless later ones no longer
count: then any of them may be unbeaten again.
"""


def _nothing(name: str, columns: Iterable[str], **types: str) -> str:
    kinds = {"session_date": "timestamptz", "local_date": "date", **types}
    shown = ", ".join(f"NULL::{kinds.get(one, 'numeric')} AS {one}" for one in columns)
    return f"{name} AS NOT MATERIALIZED (SELECT {shown} WHERE false)"


_IDS: Final = dict.fromkeys(
    (one for one in (*ROLLUP_COLUMNS, *CANDIDATE_COLUMNS) if one.endswith("_id")), "uuid"
)
_WHOLE: Final = {**dict.fromkeys(COUNTS, "integer"), "reps": "integer", "load_reps": "integer"}
_ARRAYS: Final = {"rep_counts": "integer[]", "rep_kgs": "numeric[]", "rep_set_ids": "uuid[]"}


@dataclass(frozen=True, slots=True)
class Reading:
    """
    One report's statement in two forms.

    Where no session of the accounts is stale, which is nearly always, ``settled`` reads roll-ups
    alone: the whole statement would take longer to plan than to run.
    """

    settled: str
    whole: str

    @classmethod
    def of(cls, statement: str, *, with_records: bool = False) -> "Reading":
        """Put the sources before a statement that names them."""
        whole = [unfolded(ACCOUNTS)]
        settled = [
            _nothing("stale", ("session_id",), session_id="uuid"),
            _nothing("fresh", ROLLUP_COLUMNS, **_IDS, **_WHOLE, **_ARRAYS),
            _nothing(
                "fresh_sessions",
                (*SESSION_COLUMNS, "is_running", *FIGURES),
                is_completed="boolean",
                is_running="boolean",
                revision="integer",
                **_IDS,
                **_WHOLE,
            ),
        ]
        if with_records:
            whole.append(RECORDS)
            settled += [
                _nothing("touched", ("user_id", "exercise_id"), **_IDS),
                _nothing(
                    "turned",
                    ("user_id", "exercise_id", "since", "looks_back"),
                    since="timestamptz",
                    looks_back="boolean",
                    **_IDS,
                ),
                _nothing(
                    "chain",
                    (*CANDIDATE_COLUMNS, "previous_value", "is_current"),
                    kind="text",
                    is_current="boolean",
                    **_IDS,
                    **_WHOLE,
                ),
            ]
        return cls(*(f"WITH {', '.join(parts)}, {statement}" for parts in (settled, whole)))

    def replaced(self, placeholder: str, text: str) -> "Reading":
        """Fill in a part, such as an order."""
        return Reading(
            self.settled.replace(placeholder, text), self.whole.replace(placeholder, text)
        )
