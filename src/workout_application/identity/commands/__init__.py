"""What changes accounts and login sessions."""
