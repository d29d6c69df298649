"""The worker, on real PostgreSQL and Redis."""
