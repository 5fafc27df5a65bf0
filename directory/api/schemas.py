"""The query strings the API takes, for parsing and for the OpenAPI page.

They are handed over as instances: smorest would otherwise make one a request, which costs as much as the
search itself.
"""

from typing import Final

from marshmallow import Schema
from marshmallow.validate import Length, Regexp

from directory.api import fields
from directory.wish import DEFAULT_RADIUS_KM, FACETS, MAX_RADIUS_KM, MAX_SIZE, MAX_WORDS
from indexer.document import KINDS
from indexer.query import MAX_WINDOW
from indexer.reference.vocabulary import CATEGORIES, FEES, PUBLICS, SERVICE_TYPES, THEMES, WELCOME_MODES

YES: Final = ("true", "1", "oui")
NO: Final = ("false", "0", "non")
SUGGESTED: Final = ("communes", "occupations", "themes", "options")
MAX_TYPED: Final = 200


#: What may be compared with what is stored: a database refuses the rest in its own words.
PLAIN: Final = Regexp(r"[^\0]{0,1000}\Z", error="Cette valeur n'est pas une de celles que l'API donne.")


class Arguments(Schema):
    """Base of query strings: unknown names are refused, in French."""

    error_messages = {"unknown": "Ce paramètre n'existe pas."}  # noqa: RUF012  (marshmallow reads it so)


class SearchArguments(Arguments):
    """`GET /search`. What makes no sense is refused by `directory.search`, for every door alike."""

    q = fields.text(
        f"Mots cherchés, en français, {MAX_WORDS} caractères au plus.", example="permis", load_default=""
    )
    code_insee = fields.text("Commune ou arrondissement d'où l'on part.", example="26362")
    lat = fields.number("Latitude, avec `lon`.", low=-90, high=90, example=44.93)
    lon = fields.number("Longitude, avec `lat`.", low=-180, high=180, example=4.89)
    radius_km = fields.number(
        f"Rayon en kilomètres, autour de la commune ou du point ({DEFAULT_RADIUS_KM:.0f} sinon).",
        low=0,
        high=MAX_RADIUS_KM,
        example=20.0,
    )
    kind = fields.several("Genre d'option.", values=KINDS)
    thematiques = fields.several(
        "Thématiques data·inclusion ; une catégorie (`mobilite`) vaut toutes les siennes.",
        values=(*CATEGORIES.codes, *THEMES.codes),
    )
    publics = fields.several(
        "Publics data·inclusion ; ce qui est ouvert à tous, ou ne le dit pas, convient à chacun.",
        values=PUBLICS.codes,
    )
    types = fields.several("Types de service data·inclusion.", values=SERVICE_TYPES.codes)
    frais = fields.several("Frais data·inclusion.", values=FEES.codes)
    modes_accueil = fields.several(
        "Sur place ou à distance, tel que possible d'ici.", values=WELCOME_MODES.codes
    )
    sources = fields.several("Sources des fiches.")
    rome = fields.several("Codes ROME des métiers, comme `K1302`.")
    available_from = fields.day("Sans date, ou qui commence ce jour-là ou après.")
    sort = fields.one_of(fields.SORTS, "Ordre de la liste.", load_default="relevance")
    page = fields.whole(
        f"Page, à partir de 1 ; une liste se parcourt jusqu'au {MAX_WINDOW}ᵉ résultat.",
        low=1,
        high=MAX_WINDOW,
        load_default=1,
    )
    size = fields.whole("Résultats par page.", low=1, high=MAX_SIZE, load_default=20)
    facets = fields.several(
        f"Décomptes voulus : `true` (tous, par défaut), `false`, ou parmi {', '.join(FACETS)}.",
        values=(*YES, *NO, *FACETS),
    )


class SuggestArguments(Arguments):
    """`GET /suggest`."""

    q = fields.text(
        "Ce qui est en train d'être écrit.",
        example="vale",
        required=True,
        validate=Length(max=MAX_TYPED, error=f"{MAX_TYPED} caractères au plus."),
    )
    what = fields.one_of(SUGGESTED, "Ce qui est complété.", load_default="communes")
    limit = fields.whole(
        "Suggestions voulues.", low=1, high=50, refusal="De 1 à 50 suggestions.", load_default=8
    )


class PagingArguments(Arguments):
    """Lists of the inventory, by cursor: nothing repeated or skipped while data moves."""

    cursor = fields.text(
        "`next` de la page précédente ; le début sinon.",
        load_default="",
        validate=PLAIN,
    )
    size = fields.whole(
        "Fiches par page.",
        low=1,
        high=1_000,
        refusal="Une page compte de 1 à 1000 fiches.",
        load_default=100,
    )
    source = fields.text("Seulement les fiches de cette source.", validate=PLAIN)


class NothingArguments(Arguments):
    """Routes without parameters."""
