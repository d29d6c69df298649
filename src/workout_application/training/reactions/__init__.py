"""What training does when something has happened elsewhere."""
