"""Version 1 of the HTTP interface: one folder per context."""
