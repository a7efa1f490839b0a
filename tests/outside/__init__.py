"""The API judged by tools that aren't ours (npm packages): run by `make audit`, where Node 20 or newer is found."""
