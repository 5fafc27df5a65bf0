"""The first tables: structures, options of three kinds, the outbox of the index.

Revision: 0001
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None

Type = sa.types.TypeEngine[Any] | type[sa.types.TypeEngine[Any]]

TEXT = sa.String()
# Order of bytes on every database: lists page by id.
ID = sa.String().with_variant(sa.String(collation="C"), "postgresql")
JSON = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "option",
        required("version", sa.Integer()),
        required("kind", TEXT),
        required("id", ID),
        required("source", TEXT),
        required("digest", sa.LargeBinary(length=16)),
        optional("source_seen", sa.Date()),
        optional("withdrawn_at", sa.DateTime(timezone=True)),
        optional("withdrawn_reason", TEXT),
        required("corrections", JSON),
        required("deduced", JSON),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_option")),
    )
    op.create_index("ix_option_source", "option", ["source", "kind", "id"])
    op.create_table(
        "structure",
        required("version", sa.Integer()),
        required("nom", TEXT),
        required("date_maj", sa.Date()),
        optional("description", TEXT),
        optional("lien_source", TEXT),
        optional("siret", TEXT),
        optional("commune", TEXT),
        optional("code_postal", TEXT),
        optional("code_insee", TEXT),
        optional("adresse", TEXT),
        optional("complement_adresse", TEXT),
        optional("longitude", sa.Double()),
        optional("latitude", sa.Double()),
        optional("telephone", TEXT),
        optional("courriel", TEXT),
        optional("site_web", TEXT),
        optional("horaires_accueil", TEXT),
        optional("accessibilite_lieu", TEXT),
        optional("reseaux_porteurs", JSON),
        required("id", ID),
        required("source", TEXT),
        required("digest", sa.LargeBinary(length=16)),
        optional("source_seen", sa.Date()),
        optional("withdrawn_at", sa.DateTime(timezone=True)),
        optional("withdrawn_reason", TEXT),
        required("corrections", JSON),
        required("deduced", JSON),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_structure")),
    )
    op.create_index(op.f("ix_structure_code_insee"), "structure", ["code_insee"])
    op.create_index(op.f("ix_structure_nom"), "structure", ["nom"])
    op.create_index("ix_structure_source", "structure", ["source", "id"])
    op.create_table(
        "immersion",
        required("id", ID),
        required("date_maj", sa.Date()),
        optional("siret", TEXT),
        required("nom", TEXT),
        optional("naf", TEXT),
        optional("rome", TEXT),
        optional("appellation", TEXT),
        optional("description", TEXT),
        optional("prerequis", TEXT),
        optional("commune", TEXT),
        optional("code_insee", TEXT),
        optional("adresse", TEXT),
        optional("latitude", sa.Double()),
        optional("longitude", sa.Double()),
        optional("mode", TEXT),
        optional("accessible_handicap", TEXT),
        optional("sans_voiture", TEXT),
        optional("contact_mode", TEXT),
        optional("quota_semaine", sa.Integer()),
        optional("quota_mois", sa.Integer()),
        optional("prochaine_disponibilite", sa.Date()),
        sa.ForeignKeyConstraint(["id"], ["option.id"], name=op.f("fk_immersion_option"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_immersion")),
    )
    op.create_index(op.f("ix_immersion_code_insee"), "immersion", ["code_insee"])
    op.create_index(op.f("ix_immersion_siret"), "immersion", ["siret"])
    op.create_table(
        "service",
        required("id", ID),
        required("structure_id", TEXT),
        required("nom", TEXT),
        required("description", TEXT),
        optional("lien_source", TEXT),
        required("date_maj", sa.Date()),
        optional("type", TEXT),
        optional("thematiques", JSON),
        optional("frais", TEXT),
        optional("frais_precisions", TEXT),
        optional("publics", JSON),
        optional("publics_precisions", TEXT),
        optional("conditions_acces", TEXT),
        optional("commune", TEXT),
        optional("code_postal", TEXT),
        optional("code_insee", TEXT),
        optional("adresse", TEXT),
        optional("complement_adresse", TEXT),
        optional("longitude", sa.Double()),
        optional("latitude", sa.Double()),
        optional("telephone", TEXT),
        optional("courriel", TEXT),
        optional("modes_accueil", JSON),
        optional("zone_eligibilite", JSON),
        optional("contact_nom_prenom", TEXT),
        optional("lien_mobilisation", TEXT),
        optional("modes_mobilisation", JSON),
        optional("mobilisable_par", JSON),
        optional("mobilisation_precisions", TEXT),
        optional("volume_horaire_hebdomadaire", sa.Double()),
        optional("nombre_semaines", sa.Integer()),
        optional("horaires_accueil", TEXT),
        sa.ForeignKeyConstraint(["id"], ["option.id"], name=op.f("fk_service_option"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service")),
    )
    op.create_index(op.f("ix_service_code_insee"), "service", ["code_insee"])
    op.create_index(op.f("ix_service_nom"), "service", ["nom"])
    op.create_index(op.f("ix_service_structure_id"), "service", ["structure_id"])
    op.create_table(
        "training",
        required("id", ID),
        required("date_maj", sa.Date()),
        required("nom", TEXT),
        optional("organisme", TEXT),
        optional("siret", TEXT),
        optional("description", TEXT),
        optional("rome", JSON),
        optional("certification", TEXT),
        optional("niveau", TEXT),
        optional("prerequis", TEXT),
        optional("financements", JSON),
        optional("reste_a_charge", sa.Double()),
        optional("remuneration", TEXT),
        optional("commune", TEXT),
        optional("code_insee", TEXT),
        optional("latitude", sa.Double()),
        optional("longitude", sa.Double()),
        optional("thematiques", JSON),
        optional("publics", JSON),
        sa.ForeignKeyConstraint(["id"], ["option.id"], name=op.f("fk_training_option"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training")),
    )
    op.create_index(op.f("ix_training_code_insee"), "training", ["code_insee"])
    op.create_table(
        "immersion_slot",
        required("option_id", ID),
        required("id", TEXT),
        required("debut", sa.Date()),
        required("fin", sa.Date()),
        optional("heures_semaine", sa.Double()),
        optional("horaires", JSON),
        optional("places", sa.Integer()),
        optional("places_prises", sa.Integer()),
        sa.ForeignKeyConstraint(
            ["option_id"], ["immersion.id"], name=op.f("fk_immersion_slot_immersion"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("option_id", "id", name=op.f("pk_immersion_slot")),
    )
    op.create_table(
        "training_session",
        required("option_id", ID),
        required("id", TEXT),
        required("debut", sa.Date()),
        required("fin", sa.Date()),
        optional("heures_semaine", sa.Double()),
        optional("places", sa.Integer()),
        optional("places_prises", sa.Integer()),
        optional("date_limite", sa.Date()),
        optional("a_distance", sa.Boolean()),
        sa.ForeignKeyConstraint(
            ["option_id"], ["training.id"], name=op.f("fk_training_session_training"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("option_id", "id", name=op.f("pk_training_session")),
    )
    op.create_table(
        "outbox",
        required("seq", sa.Integer()),
        required("option_id", TEXT),
        required("written_at", sa.Float()),
        required("attempts", sa.Integer(), server_default="0"),
        required("parked", sa.Boolean(), server_default=sa.false()),
        optional("error", TEXT),
        optional("covered_by", TEXT),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_outbox")),
        sqlite_autoincrement=True,
    )
    parked = sa.column("parked", sa.Boolean()).is_(True)
    op.create_index("ix_outbox_parked", "outbox", ["option_id"], sqlite_where=parked, postgresql_where=parked)
    op.create_table(
        "outbox_replay",
        required("seq", sa.Integer()),
        required("option_id", TEXT),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_outbox_replay")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "rebuild_state",
        required("id", sa.Integer(), autoincrement=False),
        optional("token", TEXT),
        optional("heartbeat", sa.Float()),
        optional("rebuilt_at", sa.Float()),
        optional("documents", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rebuild_state")),
    )
    op.execute("INSERT INTO rebuild_state (id) VALUES (1)")


def downgrade() -> None:
    """Remove them, what refers before what is referred to."""
    for name in (
        "rebuild_state",
        "outbox_replay",
        "outbox",
        "training_session",
        "immersion_slot",
        "training",
        "service",
        "immersion",
        "structure",
        "option",
    ):
        op.drop_table(name)


def required(name: str, type_: Type, **rest: Any) -> sa.Column[Any]:
    """A column that every row fills."""
    return sa.Column(name, type_, nullable=False, **rest)


def optional(name: str, type_: Type, **rest: Any) -> sa.Column[Any]:
    """A column that a row may leave empty."""
    return sa.Column(name, type_, nullable=True, **rest)
