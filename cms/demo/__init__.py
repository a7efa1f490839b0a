"""The demo: its content, its drawn pictures, the loader, and who may log in."""
