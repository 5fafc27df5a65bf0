"""Handing mails to a server over SMTP, one at a time, claimed before and marked after."""

import smtplib
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

import structlog
from sqlalchemy.orm import Session

from directory.mail import outbox
from directory.mail.errors import MailUnavailable

TIMEOUT: Final = 20.0
LOG = structlog.get_logger("jalon.mail")


@dataclass(frozen=True, slots=True, kw_only=True)
class Postman:
    """Sends what waits. `url`: `smtp://user:password@host:587?starttls=1` or `smtps://…:465`; `writing` opens
    a session that commits at its end."""

    url: str
    sender: str
    writing: Callable[[], AbstractContextManager[Session]]
    clock: Callable[[], datetime]

    def send_all(self, limit: int = 1_000) -> int:
        """Send what is due, at most `limit` → how many left. Raises MailUnavailable when the server is away:
        what waits keeps waiting."""
        with self.writing() as session:
            outbox.doubt(session, self.clock())
        server: smtplib.SMTP | None = None
        gone = 0
        try:
            for _ in range(limit):
                if server is None:
                    server = self._open()
                with self.writing() as session:
                    mail = outbox.claim(session, self.clock())
                if mail is None:
                    break
                gone += self._hand_over(server, mail)
        except smtplib.SMTPServerDisconnected as error:
            # The mail in hand stays `sending`, and becomes doubtful: nobody knows whether it was taken.
            raise MailUnavailable("le serveur de courrier a raccroché") from error
        finally:
            if server is not None:
                server.close()
        return gone

    def _hand_over(self, server: smtplib.SMTP, mail: outbox.Waiting) -> bool:
        try:
            server.send_message(self._message(mail))
        except smtplib.SMTPResponseException as refused:
            self._refused(mail, refused.smtp_code)
        except smtplib.SMTPRecipientsRefused as refused:
            self._refused(mail, max(code for code, _ in refused.recipients.values()))
        else:
            with self.writing() as session:
                outbox.sent(session, mail.id, self.clock())
            return True
        server.rset()
        return False

    def _refused(self, mail: outbox.Waiting, code: int) -> None:
        """4xx: later; 5xx: never. What the server says may quote the address: the code alone is kept."""
        with self.writing() as session:
            if 400 <= code < 500:
                outbox.put_back(session, mail.id, mail.attempts, f"SMTP {code}", self.clock())
            else:
                outbox.failed(session, mail.id, f"SMTP {code}")
        LOG.warning("mail refused", mail=mail.id, code=code, attempts=mail.attempts)

    def _message(self, mail: outbox.Waiting) -> EmailMessage:
        message = EmailMessage()
        message["From"] = self.sender
        message["To"] = mail.recipient
        message["Subject"] = mail.subject
        message["Date"] = format_datetime(self.clock())
        # The same for every try, so that a mailbox that meets it twice shows it once.
        message["Message-ID"] = f"<{mail.id}@{self.sender.rpartition('@')[2].strip('>')}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(mail.text)
        message.add_alternative(mail.html, subtype="html")
        if mail.calendar:
            message.add_attachment(mail.calendar.encode(), "text", "calendar", filename="rendez-vous.ics")
        return message

    def _open(self) -> smtplib.SMTP:
        address = urlsplit(self.url)
        try:
            return _connect(address)
        except (OSError, smtplib.SMTPException) as error:
            raise MailUnavailable("le serveur de courrier ne répond pas") from error


def _connect(address: SplitResult) -> smtplib.SMTP:
    host, port = address.hostname or "localhost", address.port
    server: smtplib.SMTP
    if address.scheme == "smtps":
        server = smtplib.SMTP_SSL(host, port or 465, timeout=TIMEOUT)
    else:
        server = smtplib.SMTP(host, port or 25, timeout=TIMEOUT)
        if "starttls=1" in address.query:
            server.starttls()
    if address.username:
        server.login(unquote(address.username), unquote(address.password or ""))
    return server
