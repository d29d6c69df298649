"""Which events make which kept answers stale, joined over the contexts."""

from typing import Final

from workout_application.catalogue import staleness as of_catalogue
from workout_application.messaging.staleness import StaleBy
from workout_application.reporting import staleness as of_reporting

STALE_BY: Final[StaleBy] = {**of_catalogue.STALE_BY, **of_reporting.STALE_BY}
