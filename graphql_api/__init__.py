"""The front door: the GraphQL schema, its types and queries; the only room that speaks strawberry."""
