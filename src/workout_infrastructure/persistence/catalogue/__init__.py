"""Exercises and set types in PostgreSQL, and what the product ships of them."""
