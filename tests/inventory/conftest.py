"""A migrated database for each test, on SQLite and on PostgreSQL where there is one."""

from tests.databases import blank_url, database, database_url, sqlite_template

__all__ = ["blank_url", "database", "database_url", "sqlite_template"]
