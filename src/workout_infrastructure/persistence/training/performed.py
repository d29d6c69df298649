"""What of the kept training somebody performed, for whoever reads it from training's tables."""

from typing import Final

from workout_domain.training.effective_load import ESTIMATED

PERFORMED: Final = f"""
{{0}}.deleted_at IS NULL AND {{0}}.load_kind IS DISTINCT FROM '{ESTIMATED}'
""".strip()
"""Those that are there still, and are no saved estimates; to be formatted with the table's name."""

IS_TRAINING: Final = f"""
NOT EXISTS (SELECT 1 FROM performed_sets z WHERE z.session_id = {{0}}
            AND z.load_kind = '{ESTIMATED}' AND z.deleted_at IS NULL)
""".strip()
"""The condition under which a session, named by its id, is not only there for a saved estimate."""
