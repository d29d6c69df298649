"""Which events make which kept answers stale, joined over the contexts."""

from typing import Any, Final

from workout_application.catalogue import staleness as of_catalogue
from workout_application.messaging.staleness import Rule, StaleBy
from workout_application.reporting import staleness as of_reporting

_CONTEXTS: Final = (of_catalogue.STALE_BY, of_reporting.STALE_BY)


def _joined(kind: str) -> Rule:
    rules = [rules[kind] for rules in _CONTEXTS if kind in rules]

    def tags_of(event: Any) -> tuple[str, ...]:  # noqa: ANN401 - as in Rule
        return tuple(tag for rule in rules for tag in rule(event))

    # Asked for every set that anybody logs: one rule is asked itself.
    return rules[0] if len(rules) == 1 else tags_of


STALE_BY: Final[StaleBy] = {kind: _joined(kind) for rules in _CONTEXTS for kind in rules}
