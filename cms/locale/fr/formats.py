"""How French is typed, where Django's own list isn't what people write. Every form reads it, and shows the first."""

TIME_INPUT_FORMATS = ["%H:%M", "%Hh%M", "%Hh", "%H h %M", "%H h", "%H:%M:%S"]
"""18:30, 18h30, 18h."""
