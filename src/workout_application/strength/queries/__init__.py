"""What the calculators tell."""
