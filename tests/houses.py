"""Whole houses for tests: a database, an index, the communes, all real, in a folder of the test's own."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from directory.app import create_app
from directory.config import Settings
from directory.demo import write_territory
from directory.imports.load import Importer, Wishes
from directory.inventory.intake import take
from directory.inventory.loading import load
from directory.inventory.records import Record, RecordKind
from directory.logs import configure_logs
from directory.migrations import upgrade
from directory.wiring import Jalon
from indexer.relay import Relay

TODAY: Final = date(2026, 11, 23)
SECRET: Final = "a-key-for-tests-that-opens-nothing"

Fields = Mapping[str, Any]


def open_house(folder: Path, *, upgraded: bool = True, database_url: str = "") -> Jalon:
    """A house with nothing in it, where it is always noon of TODAY; on SQLite in its folder, or elsewhere."""
    settings = Settings(
        data_dir=folder,
        database_url=database_url,
        secret_key=SECRET,
        log_level="error",
        geocoder_timeout=0.1,
    )
    configure_logs(settings)
    jalon = Jalon(settings, clock=lambda: datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC))
    if upgraded:
        upgrade(jalon.database)
    return jalon


def close_house(jalon: Jalon) -> None:
    """Give back its files."""
    jalon.close()


def furnish(jalon: Jalon, records: Sequence[Record]) -> None:
    """Take records into the inventory and carry them to the index."""
    with jalon.database.sessions.begin() as session:
        take(session, records, today=jalon.today())
    relay(jalon)


def relay(jalon: Jalon) -> None:
    """Carry to the index whatever waits."""
    Relay(jalon.database.sessions, jalon.engine, load(jalon.database.sessions)).drain()
    jalon.engine.refresh()


def import_demo(jalon: Jalon, folder: Path) -> None:
    """The whole demo territory, by the road of any file."""
    files = write_territory(folder, jalon.today())
    importer = Importer(sessions=jalon.database.sessions, communes=jalon.communes, today=jalon.today())
    importer.run(files, Wishes())
    relay(jalon)


def client_of(jalon: Jalon) -> FlaskClient:
    """A browser, or a machine, at the doors of a house."""
    return create_app(jalon).test_client()


def writing(jalon: Jalon) -> AbstractContextManager[Session]:
    """A session that commits at its end."""
    return jalon.database.sessions.begin()


def structure(id_: str = "dora--s1", **given: Any) -> Record:
    """A structure in Valence."""
    return _record(
        "structure",
        id_,
        {
            "nom": "Le Tremplin",
            "commune": "Valence",
            "code_insee": "26362",
            "adresse": "3 rue des Alpes",
            "latitude": 44.93,
            "longitude": 4.89,
        },
        given,
    )


def service(id_: str = "dora--1", **given: Any) -> Record:
    """A free service on site in Valence, of the structure `dora--s1`."""
    told = {
        "structure_id": "dora--s1",
        "nom": "Préparer le code de la route",
        "description": "Un atelier chaque mardi, à son rythme, avec un moniteur qui connaît le métier.",
        "thematiques": ["mobilite--preparer-un-permis"],
        "type": "atelier",
        "frais": "gratuit",
        "publics": ["demandeurs-emploi"],
        "modes_accueil": ["en-presentiel"],
        "commune": "Valence",
        "code_insee": "26362",
        "adresse": "3 rue des Alpes",
        "latitude": 44.93,
        "longitude": 4.89,
        "contact_nom_prenom": "Camille Roux",
    }
    return _record("service", id_, told, given)


def immersion(id_: str = "dora--i1", **given: Any) -> Record:
    """An offer of a bakery in Die, with a slot of two places in December."""
    told = {
        "nom": "Fournil du Glandasse",
        "rome": "D1102",
        "appellation": "Boulanger",
        "commune": "Die",
        "code_insee": "26113",
        "latitude": 44.7531,
        "longitude": 5.3703,
        "creneaux": [
            {
                "id": "a",
                "debut": date(2026, 12, 7),
                "fin": date(2026, 12, 11),
                "places": 2,
                "places_prises": 0,
            }
        ],
    }
    return _record("immersion", id_, told, given)


def training(id_: str = "dora--t1", **given: Any) -> Record:
    """A training in Crest, with a session in January."""
    told = {
        "nom": "Titre professionnel maçon",
        "organisme": "Greta de la Drôme",
        "rome": ["F1703"],
        "thematiques": ["se-former--trouver-sa-formation"],
        "commune": "Crest",
        "code_insee": "26108",
        "latitude": 44.7286,
        "longitude": 5.0222,
        "sessions": [
            {"id": "a", "debut": date(2027, 1, 4), "fin": date(2027, 3, 5), "places": 10, "places_prises": 4}
        ],
    }
    return _record("training", id_, told, given)


def handful() -> list[Record]:
    """A few of each kind, with traps: a remote service, one about violence, one far away."""
    return [
        structure(),
        structure("dora--s2", nom="Le Refuge", adresse="9 rue Cachée"),
        structure(
            "soliguide--s3", source="soliguide", nom="Maison de Die", commune="Die", code_insee="26113"
        ),
        service(),
        service(
            "dora--2",
            nom="Apprendre à se servir d’internet",
            description="Des séances en visioconférence, une heure par semaine, pour débuter.",
            thematiques=["numerique--maitriser-les-fondamentaux-du-numerique"],
            publics=["tous-publics"],
            modes_accueil=["a-distance"],
            frais="payant",
            adresse=None,
            latitude=None,
            longitude=None,
        ),
        service(
            "dora--3",
            structure_id="dora--s2",
            nom="Mise à l’abri des femmes victimes de violences",
            description="Une écoute et un hébergement, à toute heure, en sécurité.",
            thematiques=["famille--surmonter-conflits-separation-violence"],
            publics=["femmes"],
            adresse="9 rue Cachée",
            latitude=44.912345,
            longitude=4.912345,
        ),
        service(
            "soliguide--4",
            source="soliguide",
            structure_id="soliguide--s3",
            nom="Transport solidaire du Diois",
            description="Des bénévoles conduisent qui n’a pas de voiture, sur rendez-vous.",
            thematiques=["mobilite--etre-accompagne-dans-son-parcours-mobilite"],
            publics=None,
            frais=None,
            commune="Die",
            code_insee="26113",
            latitude=44.7531,
            longitude=5.3703,
        ),
        immersion(),
        training(),
    ]


def _record(kind: RecordKind, id_: str, told: Fields, given: Fields) -> Record:
    source = given.get("source", "dora")
    values = {name: value for name, value in given.items() if name != "source"}
    return Record(
        kind=kind, id=id_, source=source, values={"date_maj": date(2026, 10, 1), **told, **values}, line=1
    )


#: What a fixture that opens several houses gives.
Opener = Callable[[], Jalon]
