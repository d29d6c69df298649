"""The live hub, by its official clients and by hand."""
