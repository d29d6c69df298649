"""Who somebody is: accounts, roles, login sessions."""
