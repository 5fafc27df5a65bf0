"""Reading what was asked in JSON: typed values out, every fault kept with its field and a French sentence."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any, Final, TypeVar

T = TypeVar("T")

#: A list longer than this is a mistake or an attack: a diagnostic has eight constraints and 21 needs.
MAX_ITEMS: Final = 500
MAX_LENGTH: Final = 1_000


class Asked:
    """One JSON object under reading. Each reader takes a key, returns its value or None when absent, and
    notes a fault when it is wrong. `faults` is shared with the objects inside."""

    def __init__(self, given: object, path: str, faults: list[tuple[str, str]]) -> None:
        self.path = path
        self.faults = faults
        self._given: Mapping[str, Any] = given if isinstance(given, Mapping) else {}
        if not isinstance(given, Mapping):
            self.fault("", "un objet est attendu")

    def fault(self, key: str, sentence: str) -> None:
        """Note what is wrong with a key."""
        self.faults.append((self._at(key), sentence))

    def only(self, keys: Collection[str]) -> None:
        """Refuse any other key."""
        for key in self._given:
            if key not in keys:
                self.fault(str(key)[:80], f"clé inconnue ; les clés admises sont {', '.join(keys)}")

    def has(self, key: str) -> bool:
        """Whether it was told (null is not told)."""
        return self._given.get(key) is not None

    def value(self, key: str) -> Any:
        """What stands under a key, as it is; None when nothing does."""
        return self._given.get(key)

    def at(self, key: str) -> str:
        """The path of a key, for who has to mend it."""
        return self._at(key)

    def text(self, key: str, *, required: bool = False) -> str | None:
        """A text, or a whole number written without quotes (codes often are)."""
        value = self._given.get(key)
        if value is None:
            if required:
                self.fault(key, "valeur manquante")
            return None
        return self._text(value, key)

    def choice(self, key: str, among: tuple[str, ...], default: str | None = None) -> str | None:
        """One of a few words."""
        value = self.text(key)
        if value is None:
            return default
        return self._one_of(value, among, key) or default

    def boolean(self, key: str) -> bool | None:
        """True, false or not told."""
        value = self._given.get(key)
        if value is None or isinstance(value, bool):
            return value
        self.fault(key, "true ou false est attendu")
        return None

    def number(self, key: str, low: float, high: float) -> float | None:
        """A number between two bounds, both included."""
        value = self._given.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            self.fault(key, f"un nombre entre {low:g} et {high:g} est attendu")
            return None
        return value

    def whole(self, key: str, low: int, high: int) -> int | None:
        """A whole number between two bounds, both included."""
        value = self.number(key, low, high)
        if value is None or value == int(value):
            return None if value is None else int(value)
        self.fault(key, "un nombre entier est attendu")
        return None

    def day(self, key: str) -> date | None:
        """A date written year-month-day."""
        value = self.text(key)
        if value is None:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fault(key, "une date écrite AAAA-MM-JJ est attendue")
            return None

    def texts(self, key: str, among: tuple[str, ...] = ()) -> tuple[str, ...]:
        """A list of texts without repeats, in order; with `among`, each one of these."""
        found: dict[str, None] = {}
        for place, item in self._items(key):
            value = self._text(item, place)
            if value and among:
                value = self._one_of(value, among, place)
            if value:
                found[value] = None
        return tuple(found)

    def scales(self, key: str, low: int, high: int) -> dict[str, int]:
        """An object of whole numbers by name, each between two bounds."""
        inner = self.inner(key)
        names = inner.names()
        if len(names) > MAX_ITEMS:
            self.fault(key, f"pas plus de {MAX_ITEMS} éléments")
            return {}
        return {name: value for name in names if (value := inner.whole(name, low, high)) is not None}

    def names(self) -> tuple[str, ...]:
        """The keys told."""
        return tuple(name for name in self._given if isinstance(name, str) and name.strip())

    def objects(self, key: str, read: Callable[["Asked"], T | None]) -> tuple[T, ...]:
        """A list of objects, each read by `read` (None: at fault)."""
        inside = (read(Asked(item, self._at(place), self.faults)) for place, item in self._items(key))
        return tuple(one for one in inside if one is not None)

    def inner(self, key: str) -> "Asked":
        """The object under a key; an empty one when absent."""
        value = self._given.get(key)
        return Asked({} if value is None else value, self._at(key), self.faults)

    def _items(self, key: str) -> list[tuple[str, Any]]:
        value = self._given.get(key)
        if value is None:
            return []
        if not isinstance(value, list | tuple):
            self.fault(key, "une liste est attendue")
            return []
        if len(value) > MAX_ITEMS:
            self.fault(key, f"pas plus de {MAX_ITEMS} éléments")
        return [(f"{key}[{place}]", item) for place, item in enumerate(value[:MAX_ITEMS])]

    def _text(self, value: object, key: str) -> str | None:
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str) or not value.strip():
            self.fault(key, "un texte est attendu")
            return None
        if len(value) > MAX_LENGTH:
            self.fault(key, f"pas plus de {MAX_LENGTH} caractères")
            return None
        return value.strip()

    def _one_of(self, value: str, among: tuple[str, ...], key: str) -> str | None:
        if value in among:
            return value
        self.fault(key, f"« {value[:80]} » n’est pas admis ; choisir parmi {', '.join(among)}")
        return None

    def _at(self, key: str) -> str:
        return ".".join(part for part in (self.path, key) if part)
