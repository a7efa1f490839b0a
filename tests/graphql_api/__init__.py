"""Tests of the front door: what the GraphQL schema answers, hides, refuses and costs."""
