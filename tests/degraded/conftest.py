"""Houses that lose their engine, their index or their database."""

from tests.databases import database, database_url, sqlite_template

__all__ = ["database", "database_url", "sqlite_template"]
