"""Which of the kept sets somebody performed, for whoever reads them from training's table."""

from typing import Final

from workout_domain.training.effective_load import ESTIMATED

PERFORMED: Final = f"""
{{0}}.deleted_at IS NULL AND {{0}}.load_kind IS DISTINCT FROM '{ESTIMATED}'
""".strip()
"""Those that are there still, and are no saved estimates; to be formatted with the table's name."""
