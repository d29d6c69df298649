"""Tools of the developers: what is proved, how large things are, generated reference pages."""
