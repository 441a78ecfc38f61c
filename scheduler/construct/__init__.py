"""Plans by construction, without search."""
