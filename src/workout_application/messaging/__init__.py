"""Messages, the mediator and the concerns it wraps around every handler."""
