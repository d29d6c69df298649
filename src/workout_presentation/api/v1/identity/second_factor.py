"""The second factor of one's own account."""

from starlette.responses import Response

from workout_application.identity.commands.confirm_second_factor import ConfirmSecondFactor
from workout_application.identity.commands.disable_second_factor import DisableSecondFactor
from workout_application.identity.commands.enrol_second_factor import EnrolSecondFactor
from workout_application.identity.commands.renew_recovery_codes import RenewRecoveryCodes
from workout_application.identity.views import EnrolmentView, RecoveryCodesView, UserView
from workout_presentation.api.door import FromDoor, sends
from workout_presentation.api.envelope import Envelope, envelope
from workout_presentation.api.operations import answers, router
from workout_presentation.api.v1.identity.models import CodeBody, DisableSecondFactorBody

second_factor = router("/auth/second-factor", tag="Identity")


@second_factor.post("/enroll", **answers(200, Envelope[EnrolmentView], 401, 403, 409))
@sends(EnrolSecondFactor)
async def enroll_second_factor(door: FromDoor) -> Response:
    """Get a secret for your authenticator app; it counts once you have confirmed it."""
    return await door.tell(EnrolSecondFactor(), envelope)


@second_factor.post("/confirm", **answers(200, Envelope[RecoveryCodesView], 401, 403, 409))
@sends(ConfirmSecondFactor)
async def confirm_second_factor(body: CodeBody, door: FromDoor) -> Response:
    """Show a first code: from now on signing in needs one. Answers with the recovery codes."""
    return await door.tell(ConfirmSecondFactor(code=body.code), envelope)


@second_factor.post("/disable", **answers(200, Envelope[UserView], 401, 403, 409))
@sends(DisableSecondFactor)
async def disable_second_factor(body: DisableSecondFactorBody, door: FromDoor) -> Response:
    """Sign in by password alone again; needs a code, a recovery code or your password."""
    return await door.tell(body.to_command(), lambda user: envelope(user, etag=user.revision))


@second_factor.post("/recovery-codes", **answers(200, Envelope[RecoveryCodesView], 401, 403, 409))
@sends(RenewRecoveryCodes)
async def renew_recovery_codes(body: CodeBody, door: FromDoor) -> Response:
    """Get new recovery codes; the old ones are worth nothing from now on."""
    return await door.tell(RenewRecoveryCodes(code=body.code), envelope)
