"""Why coaching refuses."""

from workout_domain.kernel.errors import Conflict, Forbidden, Invalid, NotFound


class InvitationNotFound(NotFound):
    """There is no such invitation, or it is meant for somebody else."""

    code = "invitation_not_found"


class InvitationNotPending(Conflict):
    """The invitation was answered, withdrawn or left to expire."""

    code = "invitation_not_pending"


class ScopesNotOffered(Invalid):
    """An answer grants more than the invitation asked for."""

    code = "scopes_not_offered"


class CannotCoachOneself(Conflict):
    """Trainer and athlete are the same account."""

    code = "cannot_coach_oneself"


class RelationNotFound(NotFound):
    """There is no such relation, or it is between other people."""

    code = "relation_not_found"


class RelationExists(Conflict):
    """The two are in a relation already that has not ended."""

    code = "relation_exists"


class RelationNotActive(Conflict):
    """The relation has ended, or the other side has paused it."""

    code = "relation_not_active"


class RelationPausedByOtherSide(Forbidden):
    """Only whoever paused a relation resumes it."""

    code = "relation_paused_by_other_side"


class ScopesNotGranted(Forbidden):
    """Only the athlete adds scopes; the trainer may drop some."""

    code = "scopes_not_granted"


class WrongSide(Forbidden):
    """The other side of the relation does this."""

    code = "wrong_side"


class TrainerNotFound(NotFound):
    """There is no such trainer."""

    code = "trainer_not_found"


class TransferToSameTrainer(Conflict):
    """The athlete is coached by this trainer already, in this very relation."""

    code = "transfer_to_same_trainer"


class NoTransferProposed(Conflict):
    """Nobody proposed to hand this athlete over, or it was answered or withdrawn."""

    code = "no_transfer_proposed"


class NoteNotFound(NotFound):
    """There is no such note, or it is not meant for the caller."""

    code = "note_not_found"


class GroupNotFound(NotFound):
    """There is no such group, or it is somebody else's."""

    code = "group_not_found"


class GroupNameTaken(Conflict):
    """The trainer has a group of this name already, in whatever case."""

    code = "group_name_taken"


class AthleteNotInGroup(NotFound):
    """The group does not hold this athlete."""

    code = "athlete_not_in_group"
