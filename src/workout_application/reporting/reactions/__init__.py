"""What reporting does when something has happened elsewhere."""
