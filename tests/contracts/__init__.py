"""The contracts with frontends: exact answers and exact SQL counts on the demo."""
