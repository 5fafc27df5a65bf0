"""A house with people in it, and browsers at its doors. Its clock is set by the test."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyotp
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from directory.accounts import organisations, people, second_factor
from directory.accounts.principal import Role
from directory.mail.models import Mail
from directory.wiring import Jalon
from tests.houses import client_of, close_house, open_house

PASSWORD = "trois mésanges sur un fil"


@dataclass
class Town:
    """A house, its clock, and who lives there."""

    jalon: Jalon
    now: datetime
    secrets: dict[str, str] = field(default_factory=dict)

    def pass_time(self, **span: float) -> None:
        """Move the clock on."""
        self.now += timedelta(**span)

    def organisation(self, kind: str = "structure", nom: str = "Mission locale", **more: Any) -> str:
        """A new organisation."""
        with self.jalon.database.writing() as session:
            return organisations.add(session, kind, nom, self.now, **more)

    def person(self, courriel: str, role: Role | None = None, organisation_id: str | None = None) -> str:
        """Somebody with a password; with an authenticator when the role asks for one."""
        with self.jalon.database.writing() as session:
            person_id = people.add(session, courriel, "Camille Bois", self.now)
            people.set_password(session, person_id, PASSWORD, self.now)
            if role and organisation_id:
                organisations.join(session, person_id, organisation_id, role, self.now, granted_by=None)
            if people.get(session, person_id, self.now).needs_second_factor:
                secret = self.secrets[courriel] = second_factor.new_secret()
                code = pyotp.TOTP(secret).at(self.now - timedelta(minutes=1))
                earlier = self.now - timedelta(minutes=1)
                second_factor.enrol(session, self.jalon.vault, person_id, secret, code, earlier)
        return person_id

    def code(self, courriel: str) -> str:
        """What the person's telephone shows now."""
        return pyotp.TOTP(self.secrets[courriel]).at(self.now)

    def browser(self) -> "Browser":
        """Somebody at the doors, with no cookie yet."""
        return Browser(client_of(self.jalon), self)

    def mails(self, recipient: str | None = None) -> list[Mail]:
        """The mails written so far, the oldest first."""
        wanted = select(Mail).order_by(Mail.written_at, Mail.id)
        if recipient:
            wanted = wanted.where(Mail.recipient == recipient)
        with self.jalon.database.sessions() as session:
            return list(session.scalars(wanted))


@dataclass
class Browser:
    """A browser that sends the forms of the pages it reads."""

    client: FlaskClient
    town: Town

    def get(self, path: str) -> TestResponse:
        return self.client.get(path)

    def post(self, path: str, /, form_at: str | None = None, **form: Any) -> TestResponse:
        """Send a form with the token of the page that shows it."""
        page = self.client.get(form_at or path).get_data(as_text=True)
        found = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert found, f"no form at {form_at or path}"
        return self.client.post(path, data={"csrf_token": found.group(1), **form})

    def sign_in(self, courriel: str, password: str = PASSWORD) -> TestResponse:
        """Log in, the code included."""
        answer = self.post("/connexion", courriel=courriel, password=password)
        if answer.location == "/connexion/code":
            return self.post("/connexion/code", code=self.town.code(courriel))
        return answer

    def is_in(self) -> bool:
        return self.get("/compte").status_code == 200


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    jalon = open_house(tmp_path)
    made = Town(jalon, datetime(2026, 11, 25, 9, tzinfo=UTC))
    jalon.clock = lambda: made.now
    yield made
    close_house(jalon)


def link_in(mail: Mail) -> str:
    """The path of the link a mail carries."""
    found = re.search(r"http://127\.0\.0\.1:8000(/\S+)", mail.text)
    assert found
    return found.group(1)
