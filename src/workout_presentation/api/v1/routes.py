"""Every router of version 1."""

from workout_presentation.api.v1.identity.auth import auth
from workout_presentation.api.v1.identity.me import me
from workout_presentation.api.v1.identity.profiles import athletes, trainers

ROUTERS = (auth, me, trainers, athletes)
