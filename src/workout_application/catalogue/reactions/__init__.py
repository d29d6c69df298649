"""What the catalogue does when something has happened elsewhere."""
