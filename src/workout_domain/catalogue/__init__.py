"""Catalogue: the exercises that can be done, and the types of sets they are done in."""
