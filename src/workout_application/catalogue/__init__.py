"""Catalogue's use cases: keeping exercises and looking them up."""
