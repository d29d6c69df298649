"""What programs do when something has happened elsewhere."""
