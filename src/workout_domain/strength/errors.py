"""Why the strength tools refuse."""

from workout_domain.kernel.errors import Conflict, Invalid, NotFound


class BelowBar(Invalid):
    """The target is lighter than the empty bar with its collars, or the lightest fixed weight."""

    code = "below_bar"


class TooManyCombinations(Invalid):
    """So many kinds and counts of plates cannot be searched; leave some out."""

    code = "too_many_combinations"


class ImplementUnknown(Invalid):
    """The inventory has no bar and no fixed weights of this name."""

    code = "implement_unknown"


class PlateInventoryNotFound(NotFound):
    """There is no such plate inventory, or it is somebody else's."""

    code = "plate_inventory_not_found"


class PlateInventoryNameTaken(Conflict):
    """The user has a plate inventory of this name already."""

    code = "plate_inventory_name_taken"
