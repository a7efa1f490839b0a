"""What residents find: understanding of French queries, documents, backends, queries."""
