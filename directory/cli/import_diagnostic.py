"""`jalon import-diagnostic FILE`: a diagnostic made elsewhere → a profile that `jalon match` takes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import click

from directory.cli.printing import ERR, OUT, plain, print_json
from directory.cli.reading import read_json
from directory.wiring import Jalon
from directory.words import count, label
from indexer.reference.communes import Communes
from indexer.reference.occupations import Occupations
from matching.diagnostic.diagnosis import Diagnostic, profile_of
from matching.diagnostic.importing import read_diagnostic
from matching.profile import STARTS, Profile

ASK_PLACE: Final = "Pour apparier ce profil, indiquez la commune : --code-insee CODE."
NOTHING: Final = (
    "Rien n'y est dit d'un besoin : l'appariement demandera une contrainte, un besoin ou un métier."
)
CONFIDENCE: Final = {"perte-de-confiance": "possible perte de confiance", "en-capacite": "en capacité"}
VALUES: Final = {"oui": "", "non": "non", "cloturee": "close", "non-abordee": "non explorée"}


@click.command("import-diagnostic")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Le profil en JSON, pour « jalon match ».")
@click.option("--code-insee", help="La commune de la personne, que le diagnostic ne dit pas.")
@click.pass_obj
def import_diagnostic(jalon: Jalon, file: Path, as_json: bool, code_insee: str | None) -> None:
    """Lit un diagnostic France Travail (API v4 ou v1), des critères d'orientation ou des codes CNAF."""
    diagnostic = read_diagnostic(read_json(file), jalon.mapping)
    profile = profile_of(diagnostic, code_insee)
    check_place(profile.get("code_insee"), jalon.communes)
    if as_json:
        print_json(profile | {"imported": summary(diagnostic)})
    else:
        show(profile, diagnostic, jalon.occupations)
    for sentence in warnings(profile, diagnostic):
        ERR.print(sentence, markup=False, highlight=False)


def check_place(code_insee: str | None, communes: Communes) -> None:
    """Raises InvalidProfile, with the nearest names, for a commune that does not exist."""
    if code_insee:
        Profile.from_json({"code_insee": code_insee, "needs": ["1"]}, communes)


def summary(diagnostic: Diagnostic) -> dict[str, Any]:
    """What was read, in numbers. Left aside by `jalon match`."""
    days = diagnostic.dates
    return {
        "format": diagnostic.source,
        "read": diagnostic.read,
        "recognised": diagnostic.recognised,
        "unrecognised": len(diagnostic.unrecognised),
        "explored": diagnostic.explored,
        "first_explored": days[0].isoformat() if days else None,
        "last_explored": days[-1].isoformat() if days else None,
    }


def warnings(profile: dict[str, Any], diagnostic: Diagnostic) -> Iterator[str]:
    """What whoever imports must know, a sentence each."""
    unknown = len(diagnostic.unrecognised)
    if unknown:
        named = count(unknown, "élément n’est pas reconnu", "éléments ne sont pas reconnus")
        yield f"{named} : gardé dans le profil pour être montré."
    yield from diagnostic.left_aside
    if not any(profile.get(key) for key in STARTS):
        yield NOTHING
    if "code_insee" not in profile:
        yield ASK_PLACE


def show(profile: dict[str, Any], diagnostic: Diagnostic, occupations: Occupations) -> None:
    """For people: what was told, part by part."""
    told = summary(diagnostic)
    OUT.print(f"[bold]{plain(told['format'])}[/] : {told['read']} éléments lus, {told['explored']} explorés")
    for one in profile.get("constraints", ()):
        _show_constraint(one)
    for one in profile.get("projects", ()):
        first = " (prioritaire)" if one["priority"] else ""
        OUT.print(f"Métier : {plain(occupations.label(one['rome']))} ({one['rome']}){first}", highlight=False)
    for line in _lines(profile, diagnostic):
        OUT.print(line, markup=False, highlight=False)
    for text in diagnostic.unrecognised:
        OUT.print(f"[yellow]Pas reconnu :[/] {plain(text)}", highlight=False)


def _lines(profile: dict[str, Any], diagnostic: Diagnostic) -> Iterator[str]:
    for key, title in (("needs", "Besoins"), ("strengths", "Points forts")):
        if key in profile:
            yield f"{title} : {' · '.join(_need(diagnostic, code) for code in profile[key])}"
    for answer in diagnostic.criteria:
        if answer.entry:
            yield f"Critère : {answer.entry.label}"
    if "confidence" in profile:
        yield f"Pouvoir d’agir : {CONFIDENCE[profile['confidence']]}"


def _show_constraint(one: dict[str, Any]) -> None:
    notes = [VALUES[one["value"]], f"impact {one['impact']}" if "impact" in one else ""]
    notes.append("prioritaire" if one.get("priority") else "")
    aside = ", ".join(note for note in notes if note)
    OUT.print(f"[bold]{plain(label(one['code']))}[/]{f' ({aside})' if aside else ''}", highlight=False)
    for key, mark in (
        ("situations", "oui"), ("situations_denied", "non"), ("objectives", "objectif en cours"),
        ("objectives_done", "objectif réalisé"), ("objectives_dropped", "objectif abandonné"),
    ):  # fmt: skip
        for text in one.get(key, ()):
            OUT.print(f"    {mark} : {plain(text)}", highlight=False)


def _need(diagnostic: Diagnostic, code: str) -> str:
    return next((one.entry.label for one in diagnostic.needs if one.entry.item.code == code), code)
