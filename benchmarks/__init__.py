"""How fast the product is, told as ratios to a floor that does the same with no framework."""
