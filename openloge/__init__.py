"""The switchboard: settings, URLs, the WSGI entry point and the demo command; no domain word inside."""
