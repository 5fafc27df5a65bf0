"""Text of a row: what cannot be stored is taken out, HTML becomes plain text."""

import html
import re
from html.parser import HTMLParser
from typing import Any, Final

from directory.imports.findings import Draft

#: Never meant by anybody, and refused further down (PostgreSQL, orjson): NUL and other control characters,
#: half surrogate pairs, and the marks that turn the direction of what follows.
_UNWANTED: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff]")
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>|<!--|<!\w")
_ENTITY: Final = re.compile(r"&(?:[a-zA-Z]{2,10}|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
_BLOCKS: Final = frozenset({"p", "br", "div", "ul", "ol", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "table"})
_SILENT: Final = frozenset({"script", "style", "template", "head"})
_BLANK_LINES: Final = re.compile(r"\s*\n\s*\n\s*")

#: Longer texts are refused or taken out further on: reading their HTML would only cost time.
LONGEST_PROSE: Final = 50_000

#: Written by people for people; everything else is a code, an address, a number.
PROSE: Final = frozenset(
    {
        "nom", "description", "frais_precisions", "publics_precisions", "conditions_acces",
        "mobilisation_precisions", "prerequis", "remuneration", "sans_voiture", "appellation",
        "certification",
    }
)  # fmt: skip


def clean_text(draft: Draft) -> None:
    """Trim every text, take out what cannot be shown, drop what is then empty."""
    values = draft.values
    for name, value in values.items():
        if isinstance(value, str):
            values[name] = _clean(draft, name, value) or None


def clean_inside(value: Any) -> Any:
    """The same for texts inside lists and objects, without a word: they are codes, checked one by one."""
    if isinstance(value, str):
        return _UNWANTED.sub("", value).strip()
    if isinstance(value, list):
        return [clean_inside(one) for one in value]
    if isinstance(value, dict):
        return {str(name): clean_inside(one) for name, one in value.items()}
    return value


def _clean(draft: Draft, name: str, value: str) -> str:
    text = value
    if _UNWANTED.search(text):
        text = _UNWANTED.sub("", text)
        # A mark of byte order is no fault of the value.
        if text != value.replace("\ufeff", ""):
            draft.tell(name, value, "caractères impossibles à afficher, retirés")
    if name in PROSE and ("<" in text or "&" in text) and len(text) <= LONGEST_PROSE:
        plain = plain_text(text)
        if plain != text:
            draft.tell(name, value, "mise en forme HTML retirée")
            text = plain
    return text.strip()


def plain_text(text: str) -> str:
    """What a reader would see of a text that holds HTML; a text that holds none is given back as it is."""
    if _TAG.search(text):
        reader = _TextOnly()
        reader.feed(text)
        reader.close()
        return _BLANK_LINES.sub("\n\n", "".join(reader.pieces)).strip()
    return html.unescape(text) if _ENTITY.search(text) else text


class _TextOnly(HTMLParser):
    """Gathers what is between the tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins a line; a script says nothing."""
        if tag in _SILENT:
            self._silent += 1
        elif tag == "li":
            self.pieces.append("\n- ")
        elif tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """A paragraph ends a line."""
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        """What is read."""
        if not self._silent:
            self.pieces.append(data)
