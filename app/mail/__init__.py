"""Mail as data, its rendering and its transport."""
