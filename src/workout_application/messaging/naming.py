"""Names of classes, written the way operations and files are called."""

import re
from functools import cache
from typing import Final

_BORDER: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@cache
def snake_case(name: str) -> str:
    """Write ``GetWeightProgression`` as ``get_weight_progression``."""
    return _BORDER.sub("_", name).lower()
