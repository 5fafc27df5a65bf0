"""The proofs of who somebody is, each counted before it is looked at, so that many at once gain nothing."""

from flask import url_for

from directory.accounts import attempts, links, people, second_factor
from directory.api.find import house
from directory.mail import outbox
from directory.web.accounts import letters
from directory.web.accounts.ways import machine, safe_next


def check_password(courriel: str, password: str) -> str:
    """Counted before it is looked at, so that many at once gain nothing."""
    jalon, now = house(), house().clock()
    address = jalon.vault.mark("password", courriel.strip().lower())
    asking = jalon.vault.mark("password", machine())
    with jalon.database.writing() as session:
        attempts.take(session, "password of an address", address, now)
        attempts.take(session, "password from a machine", asking, now)
    with jalon.database.writing() as session:
        person_id = people.check_password(session, courriel, password)
        attempts.forget(session, address)
        return person_id


def check_code(person_id: str, typed: str) -> None:
    jalon, now = house(), house().clock()
    key = jalon.vault.mark("code", person_id)
    with jalon.database.writing() as session:
        attempts.take(session, "code of a person", key, now)
    with jalon.database.writing() as session:
        second_factor.verify(session, jalon.vault, person_id, typed, now)
        attempts.forget(session, key)


def send_link(courriel: str) -> None:
    jalon, now = house(), house().clock()
    with jalon.database.writing() as session:
        for what, key in (("link to an address", courriel), ("link from a machine", machine())):
            attempts.take(session, what, jalon.vault.mark(what, key), now)
        account = people.find(session, courriel)
        if account is None or account.disabled_at is not None:
            return
        token = links.make(session, "sign in", courriel, now, next=safe_next())
        address = jalon.settings.public_url + url_for("entry.by_link", token=token)
        outbox.write(session, f"sign in {token[:16]}", courriel, letters.sign_in(address), now)
