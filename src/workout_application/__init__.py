"""What the product can do: one file per command, query and reaction, behind one mediator."""
