"""What somebody is told when something has happened."""
