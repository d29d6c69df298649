"""Invitations, relations and the roster over HTTP."""
