"""`jalon account` and `jalon mail`: the first administrator comes in by here."""

from tests.cli.commands import Terminal


def test_the_first_administrator_is_invited_listed_and_the_mail_waits(furnished: Terminal) -> None:
    made = furnished.done(
        "account",
        "invite",
        "admin@exemple.fr",
        "--role",
        "administrator",
        "--organisation",
        "Drôme",
        "--json",
    ).json
    assert "/invitation/" in made["link"]
    again = furnished.done(
        "account", "invite", "b@exemple.fr", "--role", "counsellor", "--organisation", "PLIE"
    )
    assert "/invitation/" in again.out
    assert furnished.done("account", "list", "--json").json == {"accounts": []}
    assert furnished.done("mail", "status", "--json").json == {"waiting": 2}
    assert "2 en attente" in furnished.done("mail", "status").out


def test_what_cannot_be_done_is_said_in_words(furnished: Terminal) -> None:
    nobody = furnished.run("account", "disable", "personne@exemple.fr")
    assert (nobody.code, "Aucun compte" in nobody.err) == (2, True)
    unset = furnished.run("mail", "send")
    assert (unset.code, "JALON_SMTP_URL" in unset.err) == (2, True)
    address = furnished.run(
        "account", "invite", "pas une adresse", "--role", "counsellor", "--organisation", "X"
    )
    assert (address.code, "adresse" in address.err) == (2, True)
    wrong = furnished.run("account", "invite", "a@exemple.fr", "--role", "employer", "--organisation", "")
    assert wrong.code == 2
    assert furnished.run("mail", "retry").code == 2
    assert furnished.done("mail", "retry", "--failed").out.startswith("0 remis")
