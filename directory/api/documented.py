"""Schemas that only document bodies in OpenAPI: orjson writes them, since dumping twenty cards by marshmallow
costs more than the search. The schemathesis tests hold what is written to what is told here."""

from typing import Any

from marshmallow import Schema
from marshmallow.fields import Boolean, Date, DateTime, Dict, Float, Integer, List, Nested, String
from marshmallow.validate import OneOf

from indexer.document import KINDS


def told(said: str) -> dict[str, Any]:
    """The description of a field."""
    return {"description": said}


class ProblemFault(Schema):
    """One field at fault."""

    field = String(required=True, metadata=told("Le paramètre ou la clé, vide pour l'envoi entier."))
    reason = String(required=True, metadata=told("Phrase en français."))


class Problem(Schema):
    """Problème au sens de la RFC 9457."""

    type = String(required=True)
    title = String(required=True)
    status = Integer(required=True)
    detail = String(required=True, metadata=told("Phrase en français."))
    errors = List(Nested(ProblemFault), metadata=told("Tout ce qui ne convient pas."))


class Item(Schema):
    """Une option d'une liste."""

    id = String(required=True)
    kind = String(required=True, validate=OneOf(KINDS))
    nom = String(required=True)
    score = Float(required=True)
    distance_km = Float(
        allow_none=True, required=True, metadata=told("Null à distance, ou sans lieu demandé.")
    )
    on_site = Boolean(required=True, metadata=told("Possible sur place, dans le rayon."))
    remote = Boolean(required=True, metadata=told("Possible à distance."))
    source = String(required=True)
    structure_id = String(allow_none=True, required=True)
    structure_nom = String(required=True)
    commune = String(allow_none=True, required=True)
    code_insee = String(allow_none=True, required=True)
    latitude = Float(allow_none=True, required=True)
    longitude = Float(allow_none=True, required=True)
    thematiques = List(String(), required=True)
    publics = List(String(), required=True)
    type = String(allow_none=True, required=True)
    frais = String(allow_none=True, required=True)
    modes_accueil = List(String(), required=True)
    rome = List(String(), required=True)
    date_maj = Date(required=True)
    next_start = Date(allow_none=True, required=True, metadata=told("Prochain début encore ouvert."))


class Answer(Schema):
    """Ce que toute réponse dit d'elle-même."""

    degraded = Boolean(
        required=True,
        metadata=told("La recherche habituelle ne répond pas : réponse réduite, faite à partir des fiches."),
    )
    degraded_at = DateTime(
        allow_none=True, required=True, metadata=told("Quand elle a été faite, si elle est réduite.")
    )
    notice = String(allow_none=True, required=True, metadata=told("Ce qui lui manque, si elle est réduite."))


class SearchAnswer(Answer):
    """Une page de résultats."""

    items = List(Nested(Item), required=True)
    total = Integer(required=True)
    on_site = Integer(required=True, metadata=told("Résultats sur place, à portée."))
    remote = Integer(required=True, metadata=told("Résultats à distance seulement."))
    page = Integer(required=True)
    size = Integer(required=True)
    facets = Dict(
        keys=String(),
        values=Dict(keys=String(), values=Integer()),
        required=True,
        metadata=told("Facette → valeur → ce que montrerait son choix."),
    )
    relaxations = Dict(
        keys=String(),
        values=Integer(),
        required=True,
        metadata=told("Quand la liste est vide : filtre → résultats sans lui."),
    )
    fewer_words = Dict(
        keys=String(),
        values=Integer(),
        required=True,
        metadata=told("Quand la liste est vide : la même demande avec une chose de moins → résultats."),
    )


class SuggestionItem(Schema):
    """Une suggestion."""

    label = String(required=True)
    code = String(required=True)
    type = String(required=True, metadata=told("commune, arrondissement, departement, thematique, service…"))


class SuggestAnswer(Schema):
    """Des suggestions, les meilleures d'abord."""

    items = List(Nested(SuggestionItem), required=True)


class Row(Schema):
    """Une fiche : tous ses champs, null quand absent. Rien sur une personne ; ni adresse ni point quand ils
    ne doivent pas être publiés."""

    class Meta:
        """The rest is data·inclusion's, or our own for immersions and trainings."""

        unknown = "include"

    id = String(required=True)
    source = String(required=True)
    nom = String(required=True)
    date_maj = Date(required=True)


class Rows(Schema):
    """Une page de l'inventaire."""

    items = List(Nested(Row), required=True)
    next = String(allow_none=True, required=True, metadata=told("Curseur de la page suivante."))


class Health(Schema):
    """Comment ça va."""

    status = String(required=True, validate=OneOf(("ok", "degraded")))
    checks = Dict(keys=String(), values=String(), metadata=told("Ce qui a été essayé → ok, ou l'erreur."))
