"""The guide of caching says what the product does."""

import re
from typing import Any, Final

import pytest

from tests.architecture.registries import messages, wired
from tests.architecture.sources import ROOT
from workout_application.messaging.messages import CachedQuery
from workout_application.messaging.naming import snake_case
from workout_presentation.composition.settings import PREFIX, Settings

GUIDE: Final = (ROOT / "docs" / "guides" / "caching.md").read_text(encoding="utf-8")
README: Final = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.requirement("CAC-08")
def test_readme_and_guide_describe_how_reports_are_kept() -> None:
    section = README.partition("## Caching")[2].partition("\n## ")[0]

    assert "Reports are kept per person and component" in section
    assert "docs/guides/caching.md" in section
    for component in ("overall_status", "exercise_performance", "recent_activity",
                      "weight_progression", "personal_records"):  # fmt: skip
        assert f"`{component}`" in GUIDE


@pytest.mark.requirement("CAC-08", "CAC-30")
def test_the_guide_names_every_category_setting_and_kept_query() -> None:
    kept: list[Any] = [kind for kind in messages() if issubclass(kind, CachedQuery)]
    settings = [name for name in Settings.model_fields if name.startswith("cache_")]

    assert kept
    assert set(wired().settings().cache_policies.categories) == set(
        re.findall(r"^\| `(\w+)` \|.*minutes", GUIDE, re.MULTILINE)
    )
    for query in kept:
        assert f"`{snake_case(query.__name__)}`" in GUIDE
        assert query.cache.category in wired().settings().cache_policies.categories
    for name in settings:
        assert f"`{PREFIX}{name.upper()}`" in GUIDE
