"""
SQL of what was lifted in given sessions, shared by what workers compute.

It follows a common table expression ``counted`` with ``session_id``, ``athlete_id``, ``user_id``
and ``local_date``. Sets of a type that warms up do not count, failed repetitions neither; sets
measured in time or distance have no load. A repetition whose load is not known is counted, but
moves nothing.
"""

from statistics import median
from typing import Final

from workout_domain.kernel.formulas.one_rep_max import MOST_REPETITIONS, Formula, factor

_FACTORS: Final = ", ".join(
    f"({reps}, {median(factor(formula, reps) for formula in Formula):.20f})"
    for reps in range(1, MOST_REPETITIONS + 1)
)
_IS_LIFT: Final = "p.duration_seconds IS NULL AND p.distance_meters IS NULL"

LIFTED: Final = f"""
reps AS (
    SELECT r.set_id, count(*) FILTER (WHERE r.success) AS successes,
           count(r.effective_kg) FILTER (WHERE r.success) AS loaded,
           min(r.effective_kg) FILTER (WHERE r.success) AS least_kg,
           max(r.effective_kg) FILTER (WHERE r.success) AS most_kg,
           sum(r.effective_kg) FILTER (WHERE r.success) AS volume_kg
    FROM counted c JOIN performed_reps r ON r.session_id = c.session_id GROUP BY r.set_id
), lifted AS MATERIALIZED (
    SELECT c.athlete_id, c.user_id, c.local_date, p.exercise_id, p.id AS set_id,
           coalesce(reps.successes, 0) AS successes, coalesce(reps.loaded, 0) AS loaded,
           CASE WHEN {_IS_LIFT} THEN reps.volume_kg END AS volume_kg,
           CASE WHEN {_IS_LIFT} THEN reps.most_kg END AS most_kg,
           CASE WHEN {_IS_LIFT} THEN reps.least_kg END AS least_kg
    FROM counted c
    JOIN performed_sets p ON p.session_id = c.session_id AND p.deleted_at IS NULL
    JOIN set_types t ON t.id = p.set_type_id AND NOT t.is_warm_up
    LEFT JOIN reps ON reps.set_id = p.id
), factors (reps, factor) AS (VALUES {_FACTORS})
"""
"""One row of ``lifted`` per working set; ``factors`` make estimates of a load and repetitions."""
