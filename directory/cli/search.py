"""`jalon search`: the directory in a terminal."""

import re

import click
from rich.table import Table

from directory.cli.printing import OUT, plain, print_json, tell_when_empty
from directory.search import Found, find
from directory.wiring import Jalon
from directory.wish import InvalidSearch, SearchWish
from indexer.reference.vocabulary import THEMES

POINT = re.compile(r"^\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*$")
#: The import names kinds in the plural; both are taken.
SINGULAR = {"services": "service", "immersions": "immersion", "trainings": "training"}


@click.command()
@click.argument("text", required=False, default="")
@click.option("--near", help="Code INSEE, ou latitude,longitude.")
@click.option("--radius-km", type=float, help="Rayon en kilomètres (30 sinon).")
@click.option("--kind", multiple=True, help="service, immersion ou training.")
@click.option("--theme", multiple=True, help="Thématique ou catégorie data·inclusion.")
@click.option("--public", multiple=True, help="Public data·inclusion.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 100))
@click.option("--json", "as_json", is_flag=True, help="JSON sur la sortie standard.")
@click.pass_obj
def search(
    jalon: Jalon,
    text: str,
    near: str | None,
    radius_km: float | None,
    kind: tuple[str, ...],
    theme: tuple[str, ...],
    public: tuple[str, ...],
    limit: int,
    as_json: bool,
) -> None:  # one parameter an option, as click gives them
    """Cherche des services, des immersions et des formations."""
    place = read_place(near)
    wish = SearchWish(
        q=text,
        code_insee=place if isinstance(place, str) else None,
        lat=place[0] if isinstance(place, tuple) else None,
        lon=place[1] if isinstance(place, tuple) else None,
        radius_km=radius_km,
        kind=tuple(SINGULAR.get(one, one) for one in kind),
        thematiques=theme,
        publics=public,
        size=limit,
    )
    found = find(wish, engine=jalon.engine, communes=jalon.communes, today=jalon.today())
    if as_json:
        from directory.api.rendering import search_answer

        print_json(search_answer(found, jalon.today()))
    else:
        show(found)
    if found.page.total == 0:
        tell_when_empty(jalon.engine)


def read_place(near: str | None) -> str | tuple[float, float] | None:
    """A code INSEE or a point. Raises InvalidSearch when it looks like neither."""
    if near is None:
        return None
    if point := POINT.match(near):
        return float(point[1]), float(point[2])
    if "," in near:
        raise InvalidSearch([("near", "Après --near : un code INSEE, ou latitude,longitude.")])
    return near.strip()


def show(found: Found) -> None:
    """A table for people."""
    page = found.page
    where = f" autour de {found.place.label}" if found.place else ""
    OUT.print(f"{page.total} résultats{plain(where)} ({page.on_site} sur place, {page.remote} à distance)")
    table = Table("", "km", "Quoi", "Qui", "Thèmes", box=None, pad_edge=False)
    for rank, hit in enumerate(page.hits, start=1):
        option = hit.document
        km = "à distance" if hit.distance_km is None else f"{hit.distance_km:.1f}"
        themes = ", ".join(THEMES.label(one) for one in option.thematiques[:2])
        who = plain(f"{option.structure_nom} ({option.commune or '—'})")
        table.add_row(str(rank), km, plain(option.nom), who, plain(themes))
    if page.hits:
        OUT.print(table)
    for name, count in found.relaxations.items():
        OUT.print(f"Sans le filtre « {name} » : {count} résultats.")
    for words, count in found.fewer_words.items():
        OUT.print(f"Avec « {plain(words)} » seulement : {count} résultats.")
