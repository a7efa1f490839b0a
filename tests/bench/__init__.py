"""Times, side by side in one run: `make bench`. Nothing here asserts a duration."""
