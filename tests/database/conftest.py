"""The database itself, on SQLite and on PostgreSQL where there is one."""

from tests.databases import database, database_url, postgres_cluster, sqlite_template

__all__ = ["database", "database_url", "postgres_cluster", "sqlite_template"]
