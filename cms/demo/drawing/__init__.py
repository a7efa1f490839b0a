"""How the demonstration's pictures are drawn: a canvas, the things on it, and the scenes they make."""
