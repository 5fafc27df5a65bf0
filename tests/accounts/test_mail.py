"""Mails: written with what they tell, handed over once to a real server, never twice."""

import socket
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import Any, cast

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from directory.mail import outbox
from directory.mail.errors import MailUnavailable
from directory.mail.letters import Letter
from directory.mail.sender import Postman
from tests.accounts.conftest import Town

LETTER = Letter(
    subject="Une place est libre",
    paragraphs=("Bonjour <b>vous</b>",),
    action=("Voir", "http://x.fr/a?b=1&c=2"),
)


class Box:
    """What a server received, and what it is told to say."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.says = "250 OK"
        self.port = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.says.startswith("250"):
            parsed = BytesParser(policy=default).parsebytes(cast("bytes", envelope.content))
            self.received.append(parsed)
        return self.says


@pytest.fixture
def box() -> Iterator[Any]:
    handler = Box()
    with socket.create_server(("127.0.0.1", 0)) as free:
        handler.port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=handler.port)
    controller.start()
    yield handler
    controller.stop()


def postman(town: Town, box: Any) -> Postman:
    writing = town.jalon.database.writing
    url = f"smtp://127.0.0.1:{box.port}"
    return Postman(url=url, sender="Jalon <jalon@exemple.fr>", writing=writing, clock=lambda: town.now)


def write(town: Town, key: str = "k", recipient: str = "a@exemple.fr") -> bool:
    with town.jalon.database.writing() as session:
        return outbox.write(session, key, recipient, LETTER, town.now)


def counts(town: Town) -> dict[str, int]:
    with town.jalon.database.sessions() as session:
        return dict(outbox.counts(session))


def test_a_letter_arrives_as_text_and_html_and_only_once(town: Town, box: Any) -> None:
    assert write(town)
    assert not write(town)  # the same occasion
    assert postman(town, box).send_all() == 1
    assert postman(town, box).send_all() == 0
    [message] = box.received
    assert message["Subject"] == "Une place est libre"
    assert message["To"] == "a@exemple.fr"
    text, html = (message.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert "http://x.fr/a?b=1&c=2" in text
    assert "Bonjour &lt;b&gt;vous" in html
    assert 'href="http://x.fr/a?b=1&amp;c=2"' in html


def test_a_change_undone_sends_nothing(town: Town, box: Any) -> None:
    session = town.jalon.database.sessions()
    outbox.write(session, "k", "a@exemple.fr", LETTER, town.now)
    session.rollback()
    session.close()
    assert postman(town, box).send_all() == 0
    assert box.received == []


def test_refused_for_now_is_tried_later_and_refused_for_good_never(town: Town, box: Any) -> None:
    write(town)
    box.says = "451 plus tard"
    assert postman(town, box).send_all() == 0
    assert postman(town, box).send_all() == 0  # not before its time
    box.says = "250 OK"
    town.pass_time(minutes=2)
    assert postman(town, box).send_all() == 1
    write(town, "other")
    box.says = "550 inconnu"
    postman(town, box).send_all()
    town.pass_time(days=3)
    box.says = "250 OK"
    assert postman(town, box).send_all() == 0
    assert counts(town) == {"sent": 1, "failed": 1}


def test_a_server_that_is_away_leaves_everything_waiting(town: Town, box: Any) -> None:
    write(town)
    away = Postman(
        url="smtp://127.0.0.1:9",
        sender="j@exemple.fr",
        writing=town.jalon.database.writing,
        clock=lambda: town.now,
    )
    with pytest.raises(MailUnavailable):
        away.send_all()
    assert counts(town) == {"waiting": 1}
    assert postman(town, box).send_all() == 1


def test_a_program_that_dies_with_a_mail_in_hand_never_sends_it_twice(
    town: Town, box: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(town)
    monkeypatch.setattr(outbox, "sent", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        postman(town, box).send_all()
    monkeypatch.undo()
    assert len(box.received) == 1
    town.pass_time(minutes=11)
    assert postman(town, box).send_all() == 0
    assert counts(town) == {"doubtful": 1}
    with town.jalon.database.writing() as session:  # a person decides
        assert outbox.retry(session, town.now, "doubtful") == 1
    assert postman(town, box).send_all() == 1
    assert [one["Message-ID"] for one in box.received] == [box.received[0]["Message-ID"]] * 2


def test_a_subject_of_two_lines_is_no_letter() -> None:
    with pytest.raises(ValueError, match="one line"):
        Letter(subject="Bonjour\nBcc: tous@exemple.fr", paragraphs=())


def test_old_mails_are_forgotten(town: Town, box: Any) -> None:
    write(town)
    postman(town, box).send_all()
    with town.jalon.database.writing() as session:
        outbox.purge(session, town.now + timedelta(days=91))
    assert counts(town) == {}
