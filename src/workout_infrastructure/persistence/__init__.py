"""PostgreSQL: tables, mappings, repositories, readers, the unit of work and the outbox."""
