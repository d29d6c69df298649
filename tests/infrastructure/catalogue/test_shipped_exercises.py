"""The shipped exercise catalogue: well-formed, unambiguous and complete for app exports."""

import csv
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any
from uuid import RFC_4122, UUID

import pytest

REPO_ROOT = Path(__file__).resolve().parents[3]
CATALOGUE = (
    REPO_ROOT
    / "src"
    / "workout_infrastructure"
    / "persistence"
    / "catalogue"
    / "shipped_exercises.json"
)
EXPORT_FILES = sorted((REPO_ROOT.parent / "shared" / "data" / "exports").glob("*.csv"))

EXERCISES: list[dict[str, Any]] = json.loads(CATALOGUE.read_text(encoding="utf-8"))
BY_SLUG: dict[str, dict[str, Any]] = {entry["slug"]: entry for entry in EXERCISES}

FIELDS = [
    "id",
    "slug",
    "name",
    "category",
    "equipment",
    "primary_muscles",
    "secondary_muscles",
    "movement_pattern",
    "measurement_type",
    "load_kind",
    "laterality",
    "aliases",
]
MUSCLES = {
    "abdominals",
    "obliques",
    "hip_flexors",
    "adductors",
    "abductors",
    "glutes",
    "quadriceps",
    "hamstrings",
    "calves",
    "chest",
    "front_delts",
    "side_delts",
    "rear_delts",
    "lats",
    "upper_back",
    "lower_back",
    "traps",
    "neck",
    "biceps",
    "triceps",
    "forearms",
    "cardiovascular",
}
# Of the literature: docs/guides/catalogue.md says where.
KNOWN_SHARES = {
    "pull-up": 1,
    "chin-up": 1,
    "triceps-dip": 1,
    "assisted-pull-up": 1,
    "push-up": 0.64,
    "knee-push-up": 0.49,
    "incline-push-up": 0.55,
    "decline-push-up": 0.7,
    "inverted-row": 0.68,
    "suspension-row": 0.53,
    "bodyweight-squat": 0.88,
    "pistol-squat": 0.94,
    "back-extension": 0.47,
    "crunch": 0.32,
}
CHOICES = {
    "category": {
        "strength",
        "powerlifting",
        "olympic_weightlifting",
        "strongman",
        "plyometrics",
        "cardio",
        "stretching",
    },
    "equipment": {
        "barbell",
        "dumbbell",
        "kettlebell",
        "machine",
        "cable",
        "smith_machine",
        "band",
        "bodyweight",
        "ez_bar",
        "trap_bar",
        "medicine_ball",
        "plate",
        "sled",
        "other",
    },
    "movement_pattern": {
        "squat",
        "hinge",
        "lunge",
        "horizontal_push",
        "vertical_push",
        "horizontal_pull",
        "vertical_pull",
        "carry",
        "core",
        "rotation",
        "isolation",
        "jump",
        "olympic",
        "locomotion",
        "mobility",
    },
    "measurement_type": {
        "weight_reps",
        "reps",
        "duration",
        "distance",
        "weight_duration",
        "weight_distance",
        "distance_duration",
    },
    "load_kind": {"external", "bodyweight", "assisted"},
    "laterality": {"bilateral", "unilateral", "alternating"},
}


def _labels(entry: dict[str, Any]) -> list[str]:
    return [label.casefold() for label in (entry["name"], *entry["aliases"])]


def _repeated(values: list[str]) -> list[str]:
    return sorted(value for value, count in Counter(values).items() if count > 1)


@pytest.mark.requirement("CAT-01")
def test_the_catalogue_ships_at_least_250_exercises() -> None:
    assert len(EXERCISES) >= 250


@pytest.mark.requirement("CAT-01")
def test_every_exercise_has_exactly_the_documented_fields() -> None:
    said = {
        entry["slug"]: [field for field in entry if field != "bodyweight_share"]
        for entry in EXERCISES
    }

    assert [slug for slug, fields in said.items() if fields != FIELDS] == []


@pytest.mark.requirement("CAT-01")
def test_only_lifts_of_the_body_say_how_much_of_it_and_only_where_it_is_not_all() -> None:
    shares = {entry["slug"]: entry.get("bodyweight_share", 1) for entry in EXERCISES}

    assert all(0 <= share <= 1 for share in shares.values())
    assert [
        entry["slug"]
        for entry in EXERCISES
        if "bodyweight_share" in entry
        and (entry["load_kind"] == "external" or entry["bodyweight_share"] == 1)
    ] == []
    assert {slug: shares[slug] for slug in KNOWN_SHARES} == KNOWN_SHARES


def test_stretches_and_endurance_move_no_load() -> None:
    moved = [
        entry["slug"]
        for entry in EXERCISES
        if entry["category"] in {"stretching", "cardio"}
        and entry["load_kind"] != "external"
        and entry.get("bodyweight_share", 1) != 0
    ]

    assert moved == []


def test_the_file_is_sorted_by_name_with_one_exercise_per_line() -> None:
    names = [entry["name"].casefold() for entry in EXERCISES]
    lines = CATALOGUE.read_text(encoding="utf-8").splitlines()

    assert names == sorted(names)
    assert lines[0] == "["
    assert lines[-1] == "]"
    assert [json.loads(line.rstrip(",")) for line in lines[1:-1]] == EXERCISES


@pytest.mark.requirement("CAT-01")
@pytest.mark.parametrize("field", sorted(CHOICES))
def test_every_classification_is_a_known_value(field: str) -> None:
    assert {entry[field] for entry in EXERCISES} <= CHOICES[field]


@pytest.mark.requirement("CAT-01")
def test_every_exercise_names_one_to_three_primary_muscles_and_only_known_muscles() -> None:
    for entry in EXERCISES:
        primary, secondary = entry["primary_muscles"], entry["secondary_muscles"]
        assert 1 <= len(primary) <= 3, entry["slug"]
        assert set(primary) | set(secondary) <= MUSCLES, entry["slug"]
        assert _repeated(primary + secondary) == [], entry["slug"]


def test_ids_are_unique_version_7_uuids() -> None:
    ids = [UUID(entry["id"]) for entry in EXERCISES]

    assert len(set(ids)) == len(ids)
    assert {value.version for value in ids} == {7}
    assert {value.variant for value in ids} == {RFC_4122}
    assert [str(value) for value in ids] == [entry["id"] for entry in EXERCISES]


def test_slugs_are_unique_lower_case_words_joined_by_hyphens() -> None:
    slugs = [entry["slug"] for entry in EXERCISES]

    assert _repeated(slugs) == []
    assert [slug for slug in slugs if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)] == []


@pytest.mark.requirement("CAT-01")
def test_no_name_or_alias_occurs_twice_whatever_its_case() -> None:
    assert _repeated([label for entry in EXERCISES for label in _labels(entry)]) == []


def test_no_name_or_alias_is_blank_or_padded() -> None:
    labels = [label for entry in EXERCISES for label in (entry["name"], *entry["aliases"])]

    assert [label for label in labels if not label or label != label.strip()] == []


@pytest.mark.requirement("CAT-01")
@pytest.mark.parametrize(
    ("slug", "measurement_type", "load_kind"),
    [
        ("barbell-back-squat", "weight_reps", "external"),
        ("barbell-bench-press", "weight_reps", "external"),
        ("barbell-deadlift", "weight_reps", "external"),
        ("warm-up", "duration", "external"),
        ("pull-up", "weight_reps", "bodyweight"),
        ("chin-up", "weight_reps", "bodyweight"),
        ("push-up", "weight_reps", "bodyweight"),
        ("triceps-dip", "weight_reps", "bodyweight"),
        ("assisted-pull-up", "weight_reps", "assisted"),
        ("assisted-triceps-dip", "weight_reps", "assisted"),
        ("burpee", "reps", "bodyweight"),
        ("plank", "duration", "bodyweight"),
        ("weighted-plank", "weight_duration", "bodyweight"),
        ("broad-jump", "distance", "bodyweight"),
        ("farmers-walk", "weight_distance", "external"),
        ("yoke-walk", "weight_distance", "external"),
        ("running", "distance_duration", "bodyweight"),
        ("rowing-ergometer", "distance_duration", "bodyweight"),
    ],
)
def test_known_lifts_are_measured_the_way_they_are_trained(
    slug: str, measurement_type: str, load_kind: str
) -> None:
    entry = BY_SLUG[slug]

    assert (entry["measurement_type"], entry["load_kind"]) == (measurement_type, load_kind)


@pytest.mark.requirement("CAT-01")
@pytest.mark.parametrize(
    ("label", "slug"),
    [
        ("Squat (Barbell)", "barbell-back-squat"),
        ("Flat Barbell Bench Press", "barbell-bench-press"),
        ("Overhead Press (Barbell)", "barbell-overhead-press"),
        ("OHP", "barbell-overhead-press"),
        ("RDL", "romanian-deadlift"),
        ("Lat Pulldown (Cable)", "lat-pulldown"),
        ("Warm Up", "warm-up"),
    ],
)
def test_app_spellings_and_nicknames_lead_to_the_lift(label: str, slug: str) -> None:
    assert [e["slug"] for e in EXERCISES if label.casefold() in _labels(e)] == [slug]


if EXPORT_FILES:  # sample exports are optional; without them there is nothing to compare

    @pytest.mark.requirement("CAT-01")
    @pytest.mark.parametrize("path", EXPORT_FILES, ids=lambda path: path.name)
    def test_every_exercise_of_an_app_export_is_one_catalogue_entry(path: Path) -> None:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            titles = {
                (row.get("exercise_title") or row.get("Exercise Name") or "").strip()
                for row in csv.DictReader(stream)
            }
        matches = Counter(label for entry in EXERCISES for label in _labels(entry))

        assert titles - {""}
        assert sorted(title for title in titles if matches[title.casefold()] != 1) == []
