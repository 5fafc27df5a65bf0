"""The rows of the inventory. They never leave this package: the outside gets `Entry` and `OptionDocument`.

`option` is the register of everything that can be found: its primary key is what refuses an id twice across
services, immersions and trainings. Each kind has its own table beside it. A structure has its own space of
ids and the same bookkeeping. Columns hold the values in force: those of the source, with people's corrections
laid over them; a correction remembers the source's value beside its own.
"""

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from directory.columns import (
    ID_TYPE,
    Base,
    Codes,
    Day,
    Id,
    Number,
    OptionId,
    Text,
    Whole,
)


class Bookkeeping:
    """What is known of a row beside its values.

    `version` counts the changes of what is shown; `digest` is of the source's values; `source_seen` is the
    last day the source gave the row. `corrections`: field → {"value", "source_value", "author", "at"}.
    """

    id: Mapped[Id]
    source: Mapped[str]
    digest: Mapped[bytes] = mapped_column(LargeBinary(16))
    source_seen: Day
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Text
    corrections: Mapped[dict[str, Any]] = mapped_column(default=dict)
    deduced: Mapped[list[str]] = mapped_column(default=list)


class Structure(Bookkeeping, Base):
    """A structure of data·inclusion v1, its field names kept."""

    __tablename__ = "structure"

    version: Mapped[int] = mapped_column()
    nom: Mapped[str] = mapped_column(index=True)
    date_maj: Mapped[date]
    description: Text
    lien_source: Text
    siret: Text
    commune: Text
    code_postal: Text
    code_insee: Text = mapped_column(index=True)
    adresse: Text
    complement_adresse: Text
    longitude: Number
    latitude: Number
    telephone: Text
    courriel: Text
    site_web: Text
    horaires_accueil: Text
    accessibilite_lieu: Text
    reseaux_porteurs: Codes

    __table_args__ = (Index("ix_structure_source", "source", "id"),)
    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # noqa: RUF012


class Option(Bookkeeping, Base):
    """The register of options: one row for each service, immersion and training."""

    __tablename__ = "option"

    version: Mapped[int] = mapped_column()
    kind: Mapped[str]

    __table_args__: tuple[Index, ...] = (Index("ix_option_source", "source", "kind", "id"),)
    __mapper_args__ = {  # noqa: RUF012
        "version_id_col": version,
        "version_id_generator": False,
        "polymorphic_on": "kind",
    }


#: What may be had from home, or nobody knows where: a quarter of the services. Word for word what the search
#: over the rows asks (`reduced.candidates`), without which SQLite does not use the index.
ELSEWHERE: Final = {
    "sqlite": """latitude IS NULL OR instr(modes_accueil, '"a-distance"') > 0""",
    "postgresql": "latitude IS NULL OR modes_accueil ? 'a-distance'",
}


class Service(Option):
    """A service of data·inclusion v1, its field names kept.

    `structure_id` refuses no row: a service may come before its structure, or without it.
    """

    __tablename__ = "service"
    __mapper_args__ = {"polymorphic_identity": "service"}  # noqa: RUF012

    id: Mapped[OptionId]
    structure_id: Mapped[str] = mapped_column(index=True)
    nom: Mapped[str] = mapped_column(index=True)
    description: Mapped[str]
    lien_source: Text
    date_maj: Mapped[date]
    type: Text
    thematiques: Codes
    frais: Text
    frais_precisions: Text
    publics: Codes
    publics_precisions: Text
    conditions_acces: Text
    commune: Text
    code_postal: Text
    code_insee: Text = mapped_column(index=True)
    adresse: Text
    complement_adresse: Text
    longitude: Number
    latitude: Number
    telephone: Text
    courriel: Text
    modes_accueil: Codes
    zone_eligibilite: Codes
    contact_nom_prenom: Text
    lien_mobilisation: Text
    modes_mobilisation: Codes
    mobilisable_par: Codes
    mobilisation_precisions: Text
    volume_horaire_hebdomadaire: Number
    nombre_semaines: Whole
    horaires_accueil: Text

    __table_args__: tuple[Index, ...] = (
        Index("ix_service_place", "latitude", "longitude"),
        Index("ix_service_date_maj", "date_maj"),
        Index(
            "ix_service_elsewhere",
            "date_maj",
            sqlite_where=text(ELSEWHERE["sqlite"]),
            postgresql_where=text(ELSEWHERE["postgresql"]),
        ),
        # PostgreSQL alone knows how to look into a list by an index; a comparison with the tables leaves it
        # out elsewhere (`only`).
        Index(
            "ix_service_thematiques", "thematiques", postgresql_using="gin", info={"only": "postgresql"}
        ).ddl_if(dialect="postgresql"),
    )


class Immersion(Option):
    """An offer of immersion: an establishment opens an occupation on dated slots."""

    __tablename__ = "immersion"
    __mapper_args__ = {"polymorphic_identity": "immersion"}  # noqa: RUF012

    id: Mapped[OptionId]
    date_maj: Mapped[date]
    siret: Text = mapped_column(index=True)
    nom: Mapped[str]
    naf: Text
    rome: Text
    appellation: Text
    description: Text
    prerequis: Text
    commune: Text
    code_insee: Text = mapped_column(index=True)
    adresse: Text
    latitude: Number
    longitude: Number
    mode: Text
    accessible_handicap: Text
    sans_voiture: Text
    contact_mode: Text
    quota_semaine: Whole
    quota_mois: Whole
    prochaine_disponibilite: Day

    __table_args__ = (Index("ix_immersion_place", "latitude", "longitude"),)

    slots: Mapped[list["ImmersionSlot"]] = relationship(cascade="all, delete-orphan", back_populates="offer")


class ImmersionSlot(Base):
    """A dated slot of an immersion; its id is its own within the offer."""

    __tablename__ = "immersion_slot"

    option_id: Mapped[str] = mapped_column(
        ID_TYPE, ForeignKey("immersion.id", ondelete="CASCADE"), primary_key=True
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    debut: Mapped[date]
    fin: Mapped[date]
    heures_semaine: Number
    horaires: Codes
    places: Whole
    places_prises: Whole

    offer: Mapped[Immersion] = relationship(back_populates="slots")


class Training(Option):
    """A training and what it leads to."""

    __tablename__ = "training"
    __mapper_args__ = {"polymorphic_identity": "training"}  # noqa: RUF012

    id: Mapped[OptionId]
    date_maj: Mapped[date]
    nom: Mapped[str]
    organisme: Text
    siret: Text
    description: Text
    rome: Codes
    certification: Text
    niveau: Text
    prerequis: Text
    financements: Codes
    reste_a_charge: Number
    remuneration: Text
    commune: Text
    code_insee: Text = mapped_column(index=True)
    latitude: Number
    longitude: Number
    thematiques: Codes
    publics: Codes

    __table_args__ = (Index("ix_training_place", "latitude", "longitude"),)

    sessions: Mapped[list["TrainingSession"]] = relationship(
        cascade="all, delete-orphan", back_populates="offer"
    )


class TrainingSession(Base):
    """A dated session of a training; its id is its own within the training."""

    __tablename__ = "training_session"

    option_id: Mapped[str] = mapped_column(
        ID_TYPE, ForeignKey("training.id", ondelete="CASCADE"), primary_key=True
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    debut: Mapped[date]
    fin: Mapped[date]
    heures_semaine: Number
    places: Whole
    places_prises: Whole
    date_limite: Day
    a_distance: Mapped[bool | None]

    offer: Mapped[Training] = relationship(back_populates="sessions")
