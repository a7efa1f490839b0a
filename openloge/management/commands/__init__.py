"""Django commands of the switchboard."""
