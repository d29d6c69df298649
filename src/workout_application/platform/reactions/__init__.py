"""What upkeep does when something has happened."""
