"""Tests of what residents find."""
