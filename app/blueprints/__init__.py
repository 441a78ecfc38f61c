"""Views: parse, call one service, respond."""
