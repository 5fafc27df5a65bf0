"""The demo territory: the Drôme, invented but true to life. Its files are beside this module.

Dates in them are relative to the day (`today-45`, `today+14`), so that slots are always to come.
"""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import select

from directory.errors import DirectoryError
from directory.inventory.models import Option, Structure
from directory.migrations import find_revision, is_empty
from directory.wiring import Jalon

HERE: Final = Path(__file__).parent
PROFILES: Final = HERE / "profiles"
#: The person of the terminal's example.
SAMPLE: Final = PROFILES / "parent-isole.json"
#: Every source of the demo begins so, and no other may.
PREFIX: Final = "demo-"
#: Structures first: a service then shows its structure from the start.
ORDER: Final = ("structures", "services", "immersions", "trainings")

_RELATIVE: Final = re.compile(r"today([+-]\d+)?")


class NotADemo(DirectoryError):
    """The database holds something else: the demo never mixes with real rows."""

    exit_code = 3


def write_territory(folder: Path, today: date) -> list[Path]:
    """The files of the territory with real dates, in the order to import them."""
    written = []
    for kind in ORDER:
        for source in sorted((HERE / "territory").glob(f"{kind}*.jsonl")):
            target = folder / source.name
            target.write_text(dated(source.read_text("utf-8"), today), "utf-8")
            written.append(target)
    return written


def dated(text: str, today: date) -> str:
    """`"today+14"` as a date, wherever it stands as a whole JSON string."""
    return re.sub(rf'"{_RELATIVE.pattern}"', lambda found: f'"{_day(found[1], today)}"', text)


def _day(shift: str | None, today: date) -> date:
    return today + timedelta(days=int(shift or 0))


def check_is_demo(jalon: Jalon) -> None:
    """Raises NotADemo when the database holds anything of another source, be it tables that are not ours."""
    if is_empty(jalon.database):
        return
    if find_revision(jalon.database) is None:
        raise NotADemo(
            "Cette base contient des tables qui ne sont pas celles de Jalon : la démonstration ne s'y mêle "
            "pas. Choisissez un autre dossier avec JALON_DATA_DIR."
        )
    with jalon.database.sessions() as session:
        for model in (Option, Structure):
            other = session.scalars(
                select(model.source).where(~model.source.startswith(PREFIX)).limit(1)
            ).first()
            if other is not None:
                raise NotADemo(
                    f"Cette base contient déjà d'autres données (source « {other} ») : la démonstration "
                    "ne s'y mêle pas. Choisissez un autre dossier avec JALON_DATA_DIR."
                )
