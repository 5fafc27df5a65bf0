"""What the API takes and gives, for parsing and for the OpenAPI page.

Lists are dumped by orjson, not by these schemas: dumping twenty cards by marshmallow costs more than the
search. The schemas of answers are documentation, held to the truth by the schemathesis tests.
"""

from typing import Any

from marshmallow import Schema, ValidationError, validates_schema

from directory.api import fields
from directory.search import FACETS, MAX_RADIUS_KM, MAX_SIZE

YES = ("true", "1", "oui")
NO = ("false", "0", "non")


class Arguments(Schema):
    """Base of query strings: unknown names are refused, in French."""

    error_messages = {"unknown": "Ce paramètre n'existe pas."}  # noqa: RUF012  (marshmallow reads it so)


class SearchArguments(Arguments):
    """`GET /search`."""

    q = fields.text(load_default="", metadata={"description": "Mots cherchés, en français."})
    code_insee = fields.text(metadata={"description": "Commune ou arrondissement d'où l'on part."})
    lat = fields.number(metadata={"description": "Latitude, avec `lon`."})
    lon = fields.number(metadata={"description": "Longitude, avec `lat`."})
    radius_km = fields.number(metadata={"description": f"Rayon, au plus {MAX_RADIUS_KM:.0f} km (30 sinon)."})
    kind = fields.several(metadata={"description": "service, immersion, training."})
    thematiques = fields.several(metadata={"description": "Thématiques ou catégories data·inclusion."})
    publics = fields.several()
    types = fields.several()
    frais = fields.several()
    modes_accueil = fields.several()
    sources = fields.several()
    rome = fields.several()
    available_from = fields.day()
    sort = fields.one_of(fields.SORTS, load_default="relevance")
    page = fields.whole(load_default=1)
    size = fields.whole(load_default=20, metadata={"description": f"De 1 à {MAX_SIZE}."})
    facets = fields.several(metadata={"description": f"true, false ou {', '.join(FACETS)}. Toutes sinon."})


class SuggestArguments(Arguments):
    """`GET /suggest`."""

    q = fields.text(required=True)
    what = fields.one_of(("communes", "occupations", "themes", "options"), load_default="communes")
    limit = fields.whole(load_default=8)

    @validates_schema
    def _limits(self, data: dict[str, Any], **_: object) -> None:
        if not 1 <= data["limit"] <= 50:
            raise ValidationError("De 1 à 50 suggestions.", "limit")
        if len(data["q"]) > 200:
            raise ValidationError("200 caractères au plus.", "q")


class PagingArguments(Arguments):
    """Lists of the inventory, by cursor: nothing repeated or skipped while data moves."""

    cursor = fields.text(load_default="", metadata={"description": "`next` de la page précédente."})
    size = fields.whole(load_default=100)

    @validates_schema
    def _limits(self, data: dict[str, Any], **_: object) -> None:
        if not 1 <= data["size"] <= 1000:
            raise ValidationError("Une page compte de 1 à 1000 fiches.", "size")


class NothingArguments(Arguments):
    """Routes without parameters."""
