"""Fixtures of the two organisations, for everything here."""

from tests.security.fixtures import anew, browser, database_copy, engine, made, tour, world

__all__ = ["anew", "browser", "database_copy", "engine", "made", "tour", "world"]
