"""What identity does after the commit: it sends mails."""
