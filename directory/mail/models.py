"""Mails waiting to leave, and those that left."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from directory.columns import Base, Text


class Mail(Base):
    """One mail. `key` names the occasion: the same occasion never writes twice. `state`: waiting → sending →
    sent | waiting again | failed; `doubtful` when the program died between handing it over and knowing."""

    __tablename__ = "mail"

    id: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    recipient: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]
    html: Mapped[str]
    calendar: Text
    state: Mapped[str]
    attempts: Mapped[int]
    written_at: Mapped[datetime]
    next_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    error: Text

    __table_args__ = (Index("ix_mail_state", "state", "next_at"),)
