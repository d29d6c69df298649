"""What changes about plate inventories."""
