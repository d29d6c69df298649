"""Adapters: everything that talks to a database, a cache, a socket or the operating system."""
