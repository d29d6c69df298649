"""Strength tools: estimated maxima, points, plates, warm-ups and plate inventories."""
