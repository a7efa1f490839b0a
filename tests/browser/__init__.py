"""The product as people meet it: the demo's own server, driven in a real Chromium."""
