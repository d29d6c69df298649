"""Logs of other products are read completely: every row is a set, a rest or a reported line."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

import workout_infrastructure.portability
from workout_domain.portability.training_log import (
    LoggedExercise,
    LoggedRest,
    LoggedSet,
    LoggedWorkout,
    LogSource,
    TrainingLog,
)
from workout_infrastructure.portability.formats import (
    UnknownLogFormat,
    UnreadableLog,
    read_training_log,
)
from workout_infrastructure.portability.formats import reading as reading_module

WARSAW = ZoneInfo("Europe/Warsaw")

S0 = (
    "Date,Workout Name,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE"
)
S1 = (
    "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,"
    "Workout Notes,RPE"
)
S1B = "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,RPE"
S2 = (
    "Date;Workout Name;Exercise Name;Set Order;Weight;Weight Unit;Reps;RPE;Distance;Distance Unit;"
    "Seconds;Notes;Workout Notes;Workout Duration"
)
S3 = (
    '"Workout #";"Date";"Workout Name";"Duration (sec)";"Exercise Name";"Set Order";"Weight (lbs)";'
    '"Reps";"RPE";"Distance (meters)";"Seconds";"Notes";"Workout Notes"'
)
GERMAN = (
    "Datum;Workout-Name;Name der Übung;Reihenfolge festlegen;Gewicht;Wiederh.;RPE;Entfernung;"
    "Sekunden;Notizen;Workout-Notizen;Dauer"
)
HEVY = (
    '"title","start_time","end_time","description","exercise_title","superset_id",'
    '"exercise_notes","set_index","set_type","weight_kg","reps","distance_km",'
    '"duration_seconds","rpe"'
)


def read(*lines: str, zone: ZoneInfo = WARSAW, unit: str = "kilograms") -> TrainingLog:
    return read_training_log("\n".join(lines).encode(), zone=zone, default_unit=unit)


def sets_of(log: TrainingLog) -> list[LoggedSet]:
    return [each for w in log.workouts for e in w.exercises for each in e.sets]


def only_set(log: TrainingLog) -> LoggedSet:
    assert not log.reported
    (performed,) = sets_of(log)
    return performed


def s1_row(**cells: str) -> str:
    row = {
        "Date": "2026-02-03 18:00:00",
        "Workout Name": "Legs",
        "Duration": "1h 30m",
        "Exercise Name": "Squat",
        "Set Order": "1",
        "Weight": "100",
        "Reps": "5",
        **{name.replace("_", " "): value for name, value in cells.items()},
    }
    return ",".join(row.get(name, "") for name in S1.split(","))


def hevy_row(start: str = "3 Feb 2026, 18:00", **cells: str) -> str:
    row = {
        "title": "Legs",
        "start_time": start,
        "exercise_title": "Squat",
        "set_index": "0",
        "set_type": "normal",
        "weight_kg": "100",
        "reps": "5",
        **cells,
    }
    return ",".join(f'"{row.get(name, "")}"' for name in HEVY.replace('"', "").split(","))


# --- Strong ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "row", "dialect"),
    [
        (S0, "2026-02-03 18:00:00,Legs,Squat,1,100,5,0,0,,,8", "S0"),
        (S0.removesuffix(",RPE"), "2026-02-03 18:00:00,Legs,Squat,1,100,5,0,0,,", "S0"),
        (S1, '2026-02-03 18:00:00,"Legs",1h,"Squat",1,100.0,5.0,0,0.0,"","",8', "S1"),
        (S1B, "2026-02-03 18:00:00,Legs,1h,Squat,1,100.0,5.0,0,0.0,8", "S1b"),
        (S2, '2026-02-03 18:00:00;"Legs";"Squat";1;100;kg;5;8;;;0;"";"";1h', "S2"),
        (
            S2.removesuffix(";Workout Duration"),
            '2026-02-03 18:00:00;"Legs";"Squat";1;100;kg;5;8;;mi.;0;;',
            "S2",
        ),
        (
            S3.replace("lbs", "kg"),
            '"7";"2026-02-03 18:00:00";"Legs";"3600";"Squat";"1";"100";"5";"8";"";"";"";""',
            "S3",
        ),
        (GERMAN, "2026-02-03 18:00:00;Legs;Squat;1;100,0;5;8;0;0;;;1h", "S1"),
    ],
)
def test_each_dialect_of_strong_is_recognised(header: str, row: str, dialect: str) -> None:
    log = read(header, row)

    performed = only_set(log)
    assert (log.source, log.dialect, log.rows) == (LogSource.STRONG, dialect, 1)
    assert (performed.weight, performed.unit, performed.reps) == (Decimal(100), "kilograms", 5)
    assert (performed.duration_seconds, performed.distance_meters) == (None, None)
    assert log.workouts[0].started_at == datetime(2026, 2, 3, 17, tzinfo=UTC)


def test_a_file_without_units_is_in_the_unit_of_the_importer() -> None:
    performed = only_set(read(S1, s1_row(Distance="1"), unit="pounds"))

    assert performed.unit == "pounds"
    assert performed.distance_meters == Decimal("1609.344")


def test_a_unit_in_the_file_wins_over_the_importers() -> None:
    row = '"7";"2026-02-03 18:00:00";"Row";"60";"Rower";"1";"45";"5";"";"2000";"";"";""'

    performed = only_set(read(S3, row, unit="kilograms"))

    assert (performed.unit, performed.distance_meters) == ("pounds", Decimal(2000))


def test_units_of_weight_and_distance_are_independent_in_each_row() -> None:
    log = read(
        S2,
        "2026-02-03 18:00:00;A;Carry;1;50;lbs;;;0,5;km;30;;;",
        "2026-02-03 18:00:00;A;Carry;2;;;;;1;mi;30;;;",
        "2026-02-03 18:00:00;A;Carry;3;5;stone;1;;;;;;;",
    )

    assert [(s.weight, s.unit, s.distance_meters) for s in sets_of(log)] == [
        (50, "pounds", 500),
        (None, None, Decimal("1609.344")),
    ]
    assert [(r.line, r.reason) for r in log.reported] == [(4, "unknown_unit")]


def test_rest_timers_stay_with_their_exercise_and_are_not_sets() -> None:
    rest = s1_row(Set_Order="Rest Timer", Weight="0", Reps="0.0", Seconds="120.0")

    log = read(S1, s1_row(), rest, s1_row(Set_Order="2"), rest.replace("120.0", "0"))

    (exercise,) = log.workouts[0].exercises
    assert [type(entry) for entry in exercise.entries] == [LoggedSet, LoggedRest, LoggedSet]
    assert exercise.entries[1] == LoggedRest(line=3, exercise_name="Squat", seconds=120)
    assert [r.reason for r in log.reported] == ["empty_rest"]
    assert (log.sets, log.rests) == (2, 1)
    assert log.accounts_for_every_row


@pytest.mark.parametrize(
    ("order", "set_type"),
    [("1", "normal"), ("3.0", "normal"), ("W", "warm_up"), ("D", "drop_set"), ("F", "failure")],
)
def test_set_order_tells_the_kind_of_set(order: str, set_type: str) -> None:
    assert only_set(read(S1, s1_row(Set_Order=order))).set_type == set_type


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("38min", 38),
        ("5m", 5),
        ("1h 30m", 90),
        ("2h", 120),
        ("145h 27m", 8727),
        ("45s", Decimal("0.75")),
        ("0h 45m", 45),
        ("3600", 60),
        ("", None),
    ],
)
def test_durations_of_workouts(text: str, minutes: Decimal | None) -> None:
    log = read(S1, s1_row(Duration=text))

    assert log.workouts[0].duration_minutes == minutes


def test_workouts_and_runs_follow_the_order_of_the_file() -> None:
    log = read(
        S1,
        s1_row(),
        s1_row(Exercise_Name="Lunge"),
        s1_row(),
        s1_row(Date="2026-02-01 18:00:00"),
        s1_row(Workout_Name="Arms"),
        s1_row(),
    )

    assert [(w.name, w.started_at.day) for w in log.workouts] == [
        ("Legs", 3),
        ("Legs", 1),
        ("Arms", 3),
    ]
    assert [(e.name, len(e.sets)) for e in log.workouts[0].exercises] == [
        ("Squat", 1),
        ("Lunge", 1),
        ("Squat", 2),
    ]


def test_workout_numbers_part_sessions_of_the_same_minute() -> None:
    row = '"{}";"2026-02-03 18:00:00";"A";"60";"Dip";"1";"";"5";"";"";"";"";""'

    assert len(read(S3, row.format(1), row.format(2)).workouts) == 2


def test_the_first_note_is_of_the_exercise_and_a_later_one_of_its_set() -> None:
    log = read(
        S1,
        s1_row(Notes='"belt, sleeves"', Workout_Notes="tired"),
        s1_row(Notes="grinder"),
        s1_row(Workout_Notes="late"),
    )

    (exercise,) = log.workouts[0].exercises
    assert exercise.notes == "belt, sleeves"
    assert [s.notes for s in exercise.sets] == [None, "grinder", None]
    assert log.workouts[0].notes == "tired\nlate"


# --- Hevy -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("weight", "distance", "unit", "meters"),
    [
        ("weight_kg", "distance_km", "kilograms", 2000),
        ("weight_lbs", "distance_km", "pounds", 2000),
        ("weight_lbs", "distance_miles", "pounds", Decimal("3218.688")),
        ("weight_kg", "distance_miles", "kilograms", Decimal("3218.688")),
    ],
)
def test_hevy_units_are_named_by_its_columns(
    weight: str, distance: str, unit: str, meters: Decimal
) -> None:
    header = HEVY.replace("weight_kg", weight).replace("distance_km", distance)

    log = read(header, hevy_row(distance_km="2"))

    performed = only_set(log)
    assert (performed.unit, performed.distance_meters) == (unit, meters)
    assert log.source is LogSource.HEVY


def test_hevy_supersets_notes_and_types() -> None:
    log = read(
        HEVY,
        hevy_row(exercise_notes=r"slow\nand deep", description=r"gym\nA", set_type="warmup"),
        hevy_row(exercise_notes=r"slow\nand deep", set_type="dropset", weight_kg="", rpe="9.5"),
        hevy_row(superset_id="0", set_type="failure", end_time="3 Feb 2026, 19:10"),
    )

    first, second = log.workouts[0].exercises
    assert (first.superset, second.superset) == (None, "0")
    assert (first.notes, log.workouts[0].notes) == ("slow\nand deep", "gym\nA")
    assert [s.set_type for s in sets_of(log)] == ["warm_up", "drop_set", "failure"]
    assert [(s.weight, s.unit) for s in first.sets] == [(100, "kilograms"), (None, None)]
    assert log.workouts[0].ended_at == datetime(2026, 2, 3, 18, 10, tzinfo=UTC)


def test_a_hevy_workout_that_ends_before_it_starts_is_reported() -> None:
    log = read(HEVY, hevy_row(end_time="3 Feb 2026, 17:00"), hevy_row(set_type="cluster"))

    assert [r.reason for r in log.reported] == ["ends_before_start", "unknown_set_type"]
    assert log.workouts == ()


# --- Dates ----------------------------------------------------------------------------------

NNBSP = "\N{NARROW NO-BREAK SPACE}"


@pytest.mark.parametrize(
    "text",
    [
        "3 Feb 2026, 18:05",
        "03 February 2026, 18:05",
        "Feb 3, 2026, 6:05 PM",
        f"Feb 3, 2026, 6:05{NNBSP}PM",
        f"Feb 3, 2026 at 6:05{NNBSP}p.m.",
        "3 févr. 2026, 18:05",
        "3 février 2026 à 18:05",
        "3. Feb. 2026, 18:05",
        "3. Februar 2026 um 18:05 Uhr",
        "3 feb 2026, 18:05",
        "3 de febrero de 2026, 18:05",
        "3 feb. 2026, 6:05 p. m.",
        "3 febbraio 2026, 18:05",
        "3 de fev. de 2026, 18:05",
        "3 fevereiro 2026, 18:05",
        "2026-02-03 18:05:00",
        "2026-02-03T18:05",
        f"2026-02-03 6:05:00{NNBSP}PM",
        "2026/02/03 18:05",
        "03.02.2026 18:05",
        "2026-02-03T17:05:00Z",
        "2026-02-03 12:05:00 -0500",
    ],
)
def test_dates_of_many_places_name_the_same_instant(text: str) -> None:
    log = read(HEVY, hevy_row(text))

    assert not log.reported
    assert log.workouts[0].started_at == datetime(2026, 2, 3, 17, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("month", "words"),
    [
        (1, "Jan. Januar janv. janvier ene. enero gen gennaio janeiro Jän."),
        (3, "Mar March März Mrz mars marzo março mar."),
        (4, "Apr avr. avril abr aprile abril"),
        (5, "May Mai mayo mag maggio maio"),
        (6, "Jun juin junio giu giugno junho Juni"),
        (7, "Jul juil. juillet julio lug luglio julho Juli"),
        (8, "Aug août ago. agosto"),
        (9, "Sep Sept. septembre septiembre set settembre setembro"),
        (10, "Oct Okt. octobre ott ottobre out. outubro"),
        (12, "Dec Dez. déc. décembre dic. dicembre diciembre dezembro"),
    ],
)
def test_months_in_six_languages(month: int, words: str) -> None:
    rows = [hevy_row(f"9 {word} 2026, 12:00") for word in words.split()]

    log = read(HEVY, *rows)

    assert not log.reported
    assert {w.started_at.month for w in log.workouts} == {month}


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2026-03-29 02:30:00", (1, 30)), ("2026-10-25 02:30:00", (0, 30))],
)
def test_times_a_clock_change_skips_or_repeats_take_the_earlier_offset(
    text: str, expected: tuple[int, int]
) -> None:
    started_at = read(S1, s1_row(Date=text)).workouts[0].started_at

    assert (started_at.hour, started_at.minute) == expected


@pytest.mark.parametrize(
    "text", ["", "soon", "2026-13-01 10:00", "30 Feb 2026, 10:00", "13:00 PM", "0001-01-01 00:00"]
)
def test_a_date_that_is_none_is_reported(text: str) -> None:
    assert [r.reason for r in read(HEVY, hevy_row(text)).reported] == ["bad_date"]


@pytest.mark.parametrize(("witness", "month"), [("25/04/2026 10:00", 4), ("04/25/2026 10:00", 3)])
def test_one_clear_date_settles_the_day_order_of_the_whole_file(witness: str, month: int) -> None:
    log = read(HEVY, hevy_row("03/04/2026 10:00"), hevy_row(witness))

    assert log.workouts[0].started_at.month == month


def test_an_unsettled_day_order_is_asked_for() -> None:
    content = f"{HEVY}\n{hevy_row('03/04/2026 10:00')}".encode()

    with pytest.raises(UnreadableLog) as refusal:
        read_training_log(content, zone=WARSAW, default_unit="pounds")
    answered = read_training_log(content, zone=WARSAW, default_unit="pounds", day_first=True)

    assert refusal.value.code == "ambiguous_dates"
    assert answered.workouts[0].started_at.month == 4


def test_contradicting_dates_leave_only_the_ambiguous_ones_out() -> None:
    dates = ("25/04/2026 10:00", "04/25/2026 10:00", "03/04/2026 10:00", "05/05/2026 10:00")

    log = read(HEVY, *map(hevy_row, dates))

    assert [(r.line, r.reason) for r in log.reported] == [(4, "ambiguous_date")]
    assert log.sets == 3


# --- Values ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("20", "20"),
        ("20.0", "20.0"),
        ('"22,5"', "22.5"),
        ("6.80388555", "6.804"),
        ("0.0625", "0.062"),
        ("9999.999", "9999.999"),
        ("1e2", "100"),
    ],
)
def test_weights_are_kept_as_entered_to_the_gram(text: str, weight: str) -> None:
    assert str(only_set(read(S1, s1_row(Weight=text))).weight) == weight


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"Reps": "-5"}, "reps_out_of_range"),
        ({"Reps": "1e9"}, "reps_out_of_range"),
        ({"Reps": "5.5"}, "reps_not_whole"),
        ({"Reps": "five"}, "bad_number"),
        ({"Reps": "NaN"}, "bad_number"),
        ({"RPE": "11"}, "rpe_out_of_range"),
        ({"RPE": "0.5"}, "rpe_out_of_range"),
        ({"Weight": "10000"}, "weight_out_of_range"),
        ({"Weight": "-1"}, "weight_out_of_range"),
        ({"Weight": '"1,000.5"'}, "bad_number"),
        ({"Seconds": "90000"}, "duration_out_of_range"),
        ({"Distance": "5000"}, "distance_out_of_range"),
        ({"Duration": "a while"}, "bad_duration"),
        ({"Exercise_Name": " "}, "missing_exercise"),
        ({"Set_Order": "Note"}, "unknown_set_type"),
        ({"Reps": "0", "Seconds": "0.0", "Distance": "0"}, "empty_set"),
        ({"Notes": "x" * 10_001}, "field_too_long"),
        ({"Notes": "a\0b"}, "nul_byte"),
    ],
)
def test_values_that_make_no_sense_are_reported_and_not_bent(
    cells: dict[str, str], reason: str
) -> None:
    log = read(S1, s1_row(), s1_row(**cells))

    assert [(r.line, r.reason) for r in log.reported] == [(3, reason)]
    assert log.reported[0].message.endswith(".")
    assert "\0" not in log.reported[0].raw
    assert log.accounts_for_every_row


def test_a_timed_set_has_no_reps_and_a_counted_set_no_zero_time() -> None:
    log = read(S1, s1_row(Reps="0.0", Seconds="62.5"), s1_row(Reps="10.0", Seconds="0.0"))

    assert [(s.reps, s.duration_seconds) for s in sets_of(log)] == [
        (None, Decimal("62.5")),
        (10, None),
    ]


# --- Shape of the file ----------------------------------------------------------------------


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_numbers_count_physical_lines(line_end: str) -> None:
    rows = [S1, s1_row(Notes=f'"one{line_end}two{line_end}three"'), "", s1_row(), "bad row", ""]
    content = b"\xef\xbb\xbf" + line_end.join(rows).encode()

    log = read_training_log(content, zone=WARSAW, default_unit="kilograms")

    assert [s.line for s in sets_of(log)] == [2, 6]
    assert [(r.line, r.reason, r.raw) for r in log.reported] == [(7, "column_count", "bad row")]
    assert log.workouts[0].exercises[0].notes == f"one{line_end}two{line_end}three"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (s1_row() + ",extra", "column_count"),
        ("2026-02-03 18:00:00,Legs", "column_count"),
        ("," * 11, "blank_row"),
    ],
)
def test_rows_of_another_width_are_reported(row: str, reason: str) -> None:
    log = read(S1, row, s1_row())

    assert [(r.line, r.reason) for r in log.reported] == [(2, reason)]
    assert log.sets == 1


def test_a_quote_that_is_never_closed_costs_only_its_own_line() -> None:
    quoted = s1_row(Workout_Name='"Legs"')
    stray = s1_row(Exercise_Name='"Squat')

    log = read(S1, quoted, stray, quoted, stray, s1_row(), s1_row())

    assert [(r.line, r.reason) for r in log.reported] == [
        (3, "broken_quotes"),
        (5, "broken_quotes"),
    ]
    assert [s.line for s in sets_of(log)] == [2, 4, 6, 7]


def test_a_file_full_of_stray_quotes_is_read_in_reasonable_time() -> None:
    stray = '5" box,"half a row'

    log = read(S1, *[stray] * 20_000, s1_row())

    assert (log.rows, log.sets, len(log.reported)) == (20_001, 1, 20_000)


def test_the_header_may_follow_a_separator_hint_and_be_parted_by_tabs() -> None:
    log = read("sep=\t", "", S1.replace(",", "\t").upper(), s1_row().replace(",", "\t"))

    assert only_set(log).line == 4


def test_empty_exports_have_no_rows() -> None:
    log = read(S1)

    assert (log.rows, log.workouts, log.accounts_for_every_row) == (0, (), True)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"\xef\xbb\xbf\r\n \r\n", "empty_file"),
        (S1.encode("utf-16"), "not_utf8"),
        (f"{S1}\n{s1_row(Notes='größer')}".encode("latin-1"), "not_utf8"),
        (b"name,age\nAna,30\n", "unknown_format"),
        (b"PK\x03\x04", "unknown_format"),
        (S1.replace("Seconds", "Reps").encode(), "duplicate_column"),
        (HEVY.replace("distance_km", "weight_lbs").encode(), "unknown_format"),
    ],
)
def test_files_that_are_not_logs_are_refused_with_a_code(content: bytes, code: str) -> None:
    with pytest.raises(UnreadableLog) as refusal:
        read_training_log(content, zone=WARSAW, default_unit="kilograms")

    assert refusal.value.code == code
    assert isinstance(refusal.value, ValueError)
    assert isinstance(refusal.value, UnknownLogFormat) == (
        code in {"unknown_format", "duplicate_column"}
    )


def test_a_file_that_is_too_large_is_refused_unread() -> None:
    with pytest.raises(UnreadableLog) as refusal:
        read_training_log(
            bytes(reading_module.MAX_BYTES + 1), zone=WARSAW, default_unit="kilograms"
        )

    assert refusal.value.code == "too_large"


def test_a_file_of_too_many_rows_is_refused() -> None:
    content = (S1B + "\n" + "x\n" * (reading_module.MAX_ROWS + 1)).encode()

    with pytest.raises(UnreadableLog) as refusal:
        read_training_log(content, zone=WARSAW, default_unit="kilograms")

    assert refusal.value.code == "too_many_rows"


def test_an_unknown_default_unit_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="stone"):
        read(S1, unit="stone")


def test_our_own_sample_is_read_whole() -> None:
    package = Path(workout_infrastructure.portability.__file__).parent

    log = read_training_log(
        (package / "sample_training_log.csv").read_bytes(), zone=WARSAW, default_unit="kilograms"
    )

    assert (log.dialect, len(log.workouts), log.sets, log.rests) == ("S1", 4, 44, 8)
    assert not log.reported
    assert log.accounts_for_every_row
    assert {s.set_type for s in sets_of(log)} == {"normal", "warm_up", "drop_set", "failure"}


# --- Round trips ----------------------------------------------------------------------------


RowWriter = Callable[[int, LoggedWorkout, LoggedExercise, int], list[str]]


@dataclass(frozen=True)
class Rendering:
    """How one dialect writes a workout's row; reading it back must give the same log."""

    dialect: str
    header: str
    row: RowWriter
    unit: str | None
    has_notes: bool = True
    has_duration: bool = True
    is_hevy: bool = False


def text_of(value: object) -> str:
    return "" if value is None else str(value)


def note_at(exercise: LoggedExercise, position: int) -> str:
    """Write the note of the run on its first row, and the notes of later sets on theirs."""
    entry = exercise.entries[position]
    own = entry.notes if isinstance(entry, LoggedSet) else None
    return (own if position else exercise.notes) or ""


def strong_cells(
    number: int, workout: LoggedWorkout, exercise: LoggedExercise, position: int
) -> dict[str, str]:
    entry = exercise.entries[position]
    shared = {
        "Workout #": str(number),
        "Date": workout.started_at.astimezone(WARSAW).strftime("%Y-%m-%d %H:%M:%S"),
        "Workout Name": workout.name,
        "Duration": f"{workout.duration_minutes}m",
        "Duration (sec)": text_of((workout.duration_minutes or 0) * 60),
        "Exercise Name": exercise.name,
        "Workout Notes": workout.notes or "",
    }
    shared["Workout Duration"] = shared["Duration"]
    if isinstance(entry, LoggedRest):
        return shared | {"Set Order": "Rest Timer", "Seconds": str(entry.seconds), "Weight": "0"}
    letters = {"warm_up": "W", "drop_set": "D", "failure": "F", "normal": "1"}
    meters = entry.distance_meters
    return shared | {
        "Set Order": letters[entry.set_type],
        "Weight": text_of(entry.weight),
        "Weight (lbs)": text_of(entry.weight),
        "Weight Unit": {"kilograms": "kg", "pounds": "lbs", None: ""}[entry.unit],
        "Reps": f"{entry.reps or 0}.0",
        "RPE": text_of(entry.rpe),
        "Distance": text_of(None if meters is None else meters / 1000),
        "Distance (meters)": text_of(meters),
        "Distance Unit": "km",
        "Seconds": text_of(entry.duration_seconds or 0),
        "Notes": note_at(exercise, position),
    }


def strong(dialect: str, header: str, **traits: object) -> Rendering:
    names = header.replace('"', "").split(";" if ";" in header else ",")

    def row(
        number: int, workout: LoggedWorkout, exercise: LoggedExercise, position: int
    ) -> list[str]:
        cells = strong_cells(number, workout, exercise, position)
        return [cells.get(name, "") for name in names]

    return Rendering(dialect, header, row, **traits)  # type: ignore[arg-type]


def hevy_cells(
    _number: int, workout: LoggedWorkout, exercise: LoggedExercise, position: int
) -> list[str]:
    entry = exercise.entries[position]
    assert isinstance(entry, LoggedSet)
    local = workout.started_at.astimezone(WARSAW)
    ended = workout.ended_at.astimezone(WARSAW) if workout.ended_at else None
    note = note_at(exercise, position)
    meters = entry.distance_meters
    return [
        workout.name,
        f"{local:%d %b %Y, %H:%M}",
        f"{ended:%b %d, %Y, %I:%M %p}" if ended else "",
        (workout.notes or "").replace("\n", r"\n"),
        exercise.name,
        exercise.superset or "",
        note.replace("\n", r"\n"),
        "0",
        {"warm_up": "warmup", "drop_set": "dropset"}.get(entry.set_type, entry.set_type),
        text_of(entry.weight),
        text_of(entry.reps),
        text_of(None if meters is None else meters / 1000),
        text_of(entry.duration_seconds or 0),
        text_of(entry.rpe),
    ]


RENDERINGS = [
    strong("S0", S0, unit="kilograms", has_duration=False),
    strong("S1", S1, unit="kilograms"),
    strong("S1b", S1B, unit="kilograms", has_notes=False),
    strong("S2", S2, unit=None),
    strong("S3", S3, unit="pounds"),
    Rendering("kg_km", HEVY, hevy_cells, "kilograms", is_hevy=True),
]

words = st.text("aZ09 ,;\t\"'=-+/()é\u0308ß漢🏋\u2019\u202f#", min_size=1, max_size=8).filter(
    lambda text: text == text.strip()
)
prose = st.none() | st.lists(words, min_size=1, max_size=3).map("\n".join)


def amounts(low: int, high: int, places: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(low, high, places=places, allow_nan=False, allow_infinity=False)


@st.composite
def performed_sets(draw: st.DrawFn, rendering: Rendering, name: str) -> LoggedSet:
    weight = draw(st.none() | amounts(0, 9999, 2))
    unit = rendering.unit or draw(st.sampled_from(["kilograms", "pounds"]))
    reps = draw(st.none() | st.integers(1, 9999))
    seconds = draw(st.none() | st.integers(1, 86_400))
    if reps is None and seconds is None:
        reps = 1
    return LoggedSet(
        line=0,
        exercise_name=name,
        set_type=draw(st.sampled_from(["normal", "warm_up", "drop_set", "failure"])),
        weight=weight,
        unit=None if weight is None else unit,  # type: ignore[arg-type]
        reps=reps,
        duration_seconds=seconds,
        distance_meters=draw(st.none() | st.integers(1, 10_000).map(Decimal)),
        rpe=draw(st.none() | amounts(1, 10, 1)),
    )


@st.composite
def exercises(draw: st.DrawFn, rendering: Rendering, name: str) -> LoggedExercise:
    entries: list[LoggedSet | LoggedRest] = [draw(performed_sets(rendering, name))]
    notes = draw(prose) if rendering.has_notes else None
    for _ in range(draw(st.integers(0, 3))):
        if not rendering.is_hevy and draw(st.booleans()):
            seconds = draw(st.integers(1, 600))
            entries.append(LoggedRest(line=0, exercise_name=name, seconds=seconds))
            continue
        later = draw(prose.filter(lambda text: text != notes)) if rendering.has_notes else None
        entries.append(replace(draw(performed_sets(rendering, name)), notes=later))
    superset = draw(st.none() | st.sampled_from("012")) if rendering.is_hevy else None
    return LoggedExercise(name=name, superset=superset, notes=notes, entries=tuple(entries))


@st.composite
def workouts(draw: st.DrawFn, rendering: Rendering, days: int) -> LoggedWorkout:
    started_at = datetime(2026, 1, 10, 9, 30, tzinfo=UTC) + timedelta(days=days)
    names = draw(st.lists(words, min_size=1, max_size=3, unique=True))
    minutes = draw(st.integers(0, 600))
    has_duration = rendering.has_duration and not rendering.is_hevy
    return LoggedWorkout(
        name=draw(words),
        started_at=started_at,
        ended_at=started_at + timedelta(minutes=minutes) if rendering.is_hevy else None,
        duration_minutes=Decimal(minutes) if has_duration else None,
        notes=draw(prose) if rendering.has_notes else None,
        exercises=tuple(draw(exercises(rendering, name)) for name in names),
    )


@st.composite
def rendered_logs(draw: st.DrawFn) -> tuple[Rendering, str, tuple[LoggedWorkout, ...]]:
    rendering = draw(st.sampled_from(RENDERINGS))
    count = draw(st.integers(0, 3))
    logged = [draw(workouts(rendering, days)) for days in range(count)]
    return rendering, *render(rendering, logged)


def render(
    rendering: Rendering, logged: Iterable[LoggedWorkout]
) -> tuple[str, tuple[LoggedWorkout, ...]]:
    """Write a log and say on which physical line every entry starts."""
    file = io.StringIO(newline="")
    file.write(rendering.header + "\n")
    delimiter = ";" if ";" in rendering.header else ","
    writer = csv.writer(file, delimiter=delimiter, lineterminator="\n")
    placed = []
    for number, workout in enumerate(logged, 1):
        runs = []
        for exercise in workout.exercises:
            entries = []
            for position, entry in enumerate(exercise.entries):
                entries.append(replace(entry, line=file.getvalue().count("\n") + 1))
                writer.writerow(rendering.row(number, workout, exercise, position))
            runs.append(replace(exercise, entries=tuple(entries)))
        placed.append(replace(workout, exercises=tuple(runs)))
    return file.getvalue(), tuple(placed)


@given(rendered_logs())
def test_any_log_of_any_dialect_reads_back_equal(
    rendered: tuple[Rendering, str, tuple[LoggedWorkout, ...]],
) -> None:
    rendering, text, expected = rendered

    log = read(text)

    assert log.reported == ()
    assert log.workouts == expected
    assert log.dialect == rendering.dialect
    assert log.accounts_for_every_row


@given(
    header=st.sampled_from(["", S0, S1, S1B, S2, S3, GERMAN, HEVY]),
    body=st.binary(max_size=300)
    | st.text(st.sampled_from('",;\t\r\n\0 -0123456789:./eEWDFkmAPn'), max_size=300).map(
        str.encode
    ),
)
def test_arbitrary_bytes_are_read_or_refused_but_never_crash(header: str, body: bytes) -> None:
    try:
        log = read_training_log(
            header.encode() + b"\n" + body, zone=WARSAW, default_unit="kilograms"
        )
    except UnreadableLog:
        return  # Refused as a whole, which is an answer; any other exception fails the test.

    assert log.accounts_for_every_row


@given(st.data())
def test_arbitrary_cells_in_well_formed_rows_account_for_every_row(data: st.DataObject) -> None:
    header = data.draw(st.sampled_from([S0, S1, S2, S3, HEVY]))
    delimiter = ";" if ";" in header else ","
    cell = st.text(max_size=8) | st.sampled_from(
        ["1", "-0", "0", "1e9", "9999.9995", "2026-02-03 18:00", "03/04/2026", "W", "kg", "normal"]
    )
    width = len(header.split(delimiter))
    rows = data.draw(st.lists(st.lists(cell, min_size=width, max_size=width), max_size=4))
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter).writerows(rows)
    content = f"{header}\n{file.getvalue()}".encode()

    log = read_training_log(content, zone=WARSAW, default_unit="pounds", day_first=True)

    assert log.accounts_for_every_row


# --- Real files, where they are at hand -----------------------------------------------------

EXPORTS = sorted(
    (Path(__file__).resolve().parents[3].parent / "shared" / "data" / "exports").glob("*.csv")
)
SENSIBLE_REASONS = {"empty_set"}

if EXPORTS:

    def is_rest(row: dict[str, str]) -> bool:
        return row.get("Set Order") == "Rest Timer"

    def did_something(row: dict[str, str]) -> bool:
        measures = ("Reps", "reps", "Seconds", "duration_seconds", "Distance", "distance_km")
        return any(float(row.get(name) or 0) > 0 for name in measures)

    @pytest.mark.parametrize("path", EXPORTS, ids=lambda path: path.name)
    def test_real_exports_are_read_whole(path: Path) -> None:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        rests = [row for row in rows if is_rest(row)]
        performed = [row for row in rows if not is_rest(row) and did_something(row)]
        sessions = {
            (row.get("Date") or row["start_time"], row.get("Workout Name") or row["title"])
            for row in rests + performed
        }

        log = read_training_log(path.read_bytes(), zone=WARSAW, default_unit="kilograms")

        assert log.accounts_for_every_row
        assert log.rows == len(rows)
        assert (log.sets, log.rests, len(log.workouts)) == (
            len(performed),
            len(rests),
            len(sessions),
        )
        assert {line.reason for line in log.reported} <= SENSIBLE_REASONS
        assert Counter(s.exercise_name for s in sets_of(log)) == Counter(
            row.get("Exercise Name") or row["exercise_title"] for row in performed
        )
        assert sum(s.reps or 0 for s in sets_of(log)) == sum(
            int(float(row.get("Reps") or row.get("reps") or 0)) for row in performed
        )
        assert sum(s.weight or 0 for s in sets_of(log)) == sum(
            Decimal(row.get("Weight") or row.get("weight_kg") or 0) for row in performed
        )
