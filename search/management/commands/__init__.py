"""Commands of the search room, one module each."""
