"""What changes the figures that are kept."""
