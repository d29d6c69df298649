"""The `workout` command."""
