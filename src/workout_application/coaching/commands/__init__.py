"""What changes between trainers and athletes."""
