"""Identity's tables, mappings, repositories and readers."""
