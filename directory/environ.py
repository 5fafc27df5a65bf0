"""Settings given by files: `JALON_X_FILE` names a file that holds what `JALON_X` would say.

A password then stands in no process's environment, and a container reads it from where its secrets lie.
"""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Final

SUFFIX: Final = "_FILE"

#: No setting is longer; a file that is was named by mistake.
_MOST_BYTES: Final = 65_536


def read_files(environ: Mapping[str, str], variables: Collection[str]) -> tuple[dict[str, str], list[str]]:
    """The environment with what those files hold in place of their names, and what is wrong with them as
    French sentences. Only `variables` may be given so; blanks around what a file holds do not count."""
    read = dict(environ)
    faults: list[str] = []
    for variable in variables:
        name = read.pop(variable + SUFFIX, "").strip()
        if not name:
            continue
        if environ.get(variable, "").strip():
            faults.append(f"{variable} et {variable}{SUFFIX} sont donnés tous les deux : gardez l'un.")
            continue
        try:
            read[variable] = _read(Path(name))
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or str(error)
            faults.append(f"{variable}{SUFFIX}={name} : {why}.")
    return read, faults


def _read(file: Path) -> str:
    """Raises OSError, or ValueError for what holds no setting."""
    with file.open("rb") as opened:
        held = opened.read(_MOST_BYTES + 1)
    if len(held) > _MOST_BYTES:
        raise ValueError("ce fichier est bien trop gros pour un réglage")
    try:
        text = held.decode("utf-8").strip()
    except UnicodeDecodeError:
        raise ValueError("ce fichier n'est pas du texte") from None
    if not text:
        raise ValueError("ce fichier est vide")
    return text
