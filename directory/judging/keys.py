"""Short names of options, for who grades them: quick to write, silent on which source a sheet came from."""

from collections.abc import Iterable
from hashlib import blake2b

from directory.judging.errors import UnreadableCases


def key_of(option_id: str) -> str:
    """Seven signs drawn from the id: the same in every pool."""
    return blake2b(option_id.encode(), digest_size=4).hexdigest()[:7]


def keys_of(option_ids: Iterable[str]) -> dict[str, str]:
    """Key → id. Raises UnreadableCases when two options would share a key."""
    found: dict[str, str] = {}
    for option_id in option_ids:
        if found.setdefault(key_of(option_id), option_id) != option_id:
            raise UnreadableCases(f"{option_id} et {found[key_of(option_id)]} auraient le même nom court.")
    return found
