"""What all contexts share: aggregates, events, errors, loads, local days and formulas."""
