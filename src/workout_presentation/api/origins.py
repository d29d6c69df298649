"""Where a request or a connection came from."""

from starlette.types import Scope

from workout_application.messaging.origin import LONGEST_ADDRESS, LONGEST_USER_AGENT, Origin


def origin_of(scope: Scope) -> Origin:
    """Read the client's address and what it calls itself."""
    client = scope.get("client")
    address = client[0][:LONGEST_ADDRESS] if client else None
    for name, value in scope["headers"]:
        if name == b"user-agent":
            text = value.decode("latin-1").replace("\x00", "")
            return Origin(address, text[:LONGEST_USER_AGENT])
    return Origin(address)
