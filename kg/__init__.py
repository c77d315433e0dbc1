"""Rectify: from a rectification notice to its knowledge graph."""
