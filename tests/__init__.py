"""Tests, room by room, in the order of the house."""
