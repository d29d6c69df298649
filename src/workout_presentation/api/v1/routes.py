"""Every router of version 1."""

from workout_presentation.api.v1.catalogue.exercises import exercises
from workout_presentation.api.v1.catalogue.set_types import set_types
from workout_presentation.api.v1.coaching.access_log import access_log
from workout_presentation.api.v1.coaching.groups import groups
from workout_presentation.api.v1.coaching.invitations import invitations
from workout_presentation.api.v1.coaching.notes import notes
from workout_presentation.api.v1.coaching.profiles import athlete_profiles, trainer_profiles
from workout_presentation.api.v1.coaching.relations import relations
from workout_presentation.api.v1.coaching.roster import roster
from workout_presentation.api.v1.coaching.transfers import transfers
from workout_presentation.api.v1.identity.api_keys import api_keys
from workout_presentation.api.v1.identity.auth import auth
from workout_presentation.api.v1.identity.login_history import login_history
from workout_presentation.api.v1.identity.login_sessions import login_sessions
from workout_presentation.api.v1.identity.me import me
from workout_presentation.api.v1.identity.profiles import athletes, trainers
from workout_presentation.api.v1.identity.second_factor import second_factor
from workout_presentation.api.v1.identity.users import users
from workout_presentation.api.v1.notifications.notifications import notifications
from workout_presentation.api.v1.platform.admin import admin_area
from workout_presentation.api.v1.platform.jobs import jobs
from workout_presentation.api.v1.programs.rules import progression_rules
from workout_presentation.api.v1.programs.training_maxes import training_maxes
from workout_presentation.api.v1.reporting.monthly import monthly
from workout_presentation.api.v1.reporting.records import records_area
from workout_presentation.api.v1.reporting.reports import reports_area
from workout_presentation.api.v1.strength.calculators import calculators
from workout_presentation.api.v1.strength.plate_inventories import plate_inventories
from workout_presentation.api.v1.training.calendar import calendar
from workout_presentation.api.v1.training.sessions import sessions
from workout_presentation.api.v1.training.sets import reps, sets
from workout_presentation.api.v1.training.templates import templates
from workout_presentation.api.v1.training.workouts import workouts

ROUTERS = (
    auth,
    second_factor,
    login_sessions,
    me,
    api_keys,
    trainers,
    athletes,
    exercises,
    set_types,
    templates,
    invitations,
    relations,
    transfers,
    notes,
    groups,
    access_log,
    trainer_profiles,
    athlete_profiles,
    roster,
    notifications,
    workouts,
    calendar,
    reports_area,
    records_area,
    sessions,
    sets,
    reps,
    monthly,
    training_maxes,
    progression_rules,
    jobs,
    calculators,
    plate_inventories,
    admin_area,
    users,
    login_history,
)
