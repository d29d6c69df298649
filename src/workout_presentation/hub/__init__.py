"""The live hub: Socket.IO in front of the same commands and queries."""
