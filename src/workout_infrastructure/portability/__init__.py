"""Adapters of the portability context: readers of other products' files."""
