"""What all contexts share: aggregates, events, errors, loads and local days."""
