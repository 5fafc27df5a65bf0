"""The root of every model of the directory, and the types of columns, the same on SQLite and PostgreSQL."""

from datetime import UTC, date, datetime
from typing import Annotated, Any

from sqlalchemy import JSON, DateTime, Dialect, ForeignKey, MetaData, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class Moment(TypeDecorator[datetime]):
    """An aware datetime, in UTC; SQLite forgets the zone, so it is given back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment, in UTC. ValueError for one without a zone."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


JSON_TYPE = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
# Order of bytes everywhere: lists page by id, and the drift check walks two lists in the same order.
ID_TYPE = String().with_variant(String(collation="C"), "postgresql")

Id = Annotated[str, mapped_column(ID_TYPE, primary_key=True)]
OptionId = Annotated[
    str, mapped_column(ID_TYPE, ForeignKey("option.id", ondelete="CASCADE"), primary_key=True)
]
Text = Mapped[str | None]
Number = Mapped[float | None]
Whole = Mapped[int | None]
Day = Mapped[date | None]
Codes = Mapped[list[str] | None]


class Base(DeclarativeBase):
    """Root of the models: one set of tables, whose constraints are named alike on both databases."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(referred_table_name)s",
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
        }
    )
    type_annotation_map = {list[str]: JSON_TYPE, dict[str, Any]: JSON_TYPE, datetime: Moment()}  # noqa: RUF012
