"""Pure ASGI layers around the application; none of them reads a body."""
