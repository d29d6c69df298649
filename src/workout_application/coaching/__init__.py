"""Who coaches whom: invitations, relations and the roster."""
