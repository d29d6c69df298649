"""The rules of strength coaching: standard library only, no framework, no I/O."""
