"""Writes to the domain, one module per noun, one verb per function: every door comes through here.

`by` is who asks (None: the system), `now` the instant it happens at; each function is one transaction.
"""
