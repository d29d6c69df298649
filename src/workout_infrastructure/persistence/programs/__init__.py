"""Programs' tables, mappings, repositories, readers, and what they read of other contexts."""
