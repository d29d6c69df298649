"""Pushes to connected clients: straight to this process's sockets, by Redis to the others."""
