"""One analysis of French for every engine: ready tokens in, ready tokens asked, so that engines agree.

A text is folded (case, accents, ligatures, typographic apostrophes), its elisions cut, its stop words left
out, its words brought to one gender and number, then stemmed. Stemming comes after folding, so that a word
typed without its accents finds the one written with them. A short list of lemmas mends what no French stemmer
joins (travail and travaux, insérer and insertion).

What is typed in a question is read by `indexer.question`, which stands on this.
"""

import re
import unicodedata
from functools import lru_cache
from threading import local
from typing import Final

import Stemmer

from indexer.words.lists import LEMMAS, STOP_WORDS

#: Raised whenever the same text gives other tokens: an index made with another analysis must be rebuilt.
ANALYSIS_VERSION: Final = 3

#: Shorter words keep their form but for the plural: CAF is no café, VAE no « va », CléA no clé.
SHORTEST_STEMMED: Final = 5

Phrase = tuple[str, ...]

#: A word with its elisions and inner apostrophes, or initials: what is folded and cached as one.
_WRITTEN: Final = re.compile(
    r"(?<![^\W_])(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?|[^\W_]+(?:['’ʼ‘`][^\W_]+)*"
)
_APOSTROPHE: Final = re.compile("[’ʼ‘`]")
_ELISION: Final = re.compile(r"(?:jusqu|lorsqu|puisqu|quoiqu|qu|[ldjmtsnc])'")
_DROPPED: Final = re.compile("[\u0300-\u036f.']+")
_LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae", "\u00ad": None})
#: Endings of a feminine brought to the masculine, on words long enough to have both.
_FEMININES: Final = (("trice", "teur"), ("euse", "eur"), ("iere", "ier"), ("enne", "en"))
_stemmers: Final = local()


def analyse(text: str) -> tuple[list[str], list[str]]:
    """The tokens of a text and, place for place, the folded words they come from: what `index_tokens` gives,
    and what typos are measured on. Any string will do."""
    seen = [(token, word) for word, token in map(_read, _written(text)) if token]
    return [token for token, _ in seen], [word for _, word in seen]


def index_tokens(text: str) -> list[str]:
    """The tokens of a text, in its order, repeats kept. Any string will do."""
    return [token for _, token in map(_read, _written(text)) if token]


def folded_words(text: str) -> list[str]:
    """Every folded word of a text, stop words too: what somebody typing the beginning of a name may type."""
    return [word for word, _ in map(_read, _written(text)) if word]


def all_words(text: str) -> list[tuple[str, str]]:
    """Every folded word of a text with its token, "" for a stop word."""
    return [(word, token) for word, token in map(_read, _written(text)) if word]


def folded_spans(text: str) -> list[tuple[str, int, int]]:
    """Every folded word of a text with where it stands in it, from and up to; of a text whose case cannot be
    folded letter for letter, none."""
    lower = text.casefold()
    if len(lower) != len(text):
        return []
    found = ((_read(one.group())[0], one.start(), one.end()) for one in _WRITTEN.finditer(lower))
    return [(word, start, end) for word, start, end in found if word]


def _written(text: str) -> list[str]:
    lower = text.casefold()
    if not lower.isascii() and not unicodedata.is_normalized("NFC", lower):
        lower = unicodedata.normalize("NFC", lower)
    return _WRITTEN.findall(lower)


@lru_cache(maxsize=200_000)
def _read(written: str) -> tuple[str, str]:
    """The folded word and the token of a word as written, in lower case; no token for a stop word."""
    word = _fold(written)
    return word, _token(word)


def _fold(written: str) -> str:
    plain = _APOSTROPHE.sub("'", written)
    # Elisions go one after the other; an apostrophe left is inside a word: prud'hommes, aujourd'hui.
    while found := _ELISION.match(plain):
        plain = plain[found.end() :]
    return _DROPPED.sub("", unicodedata.normalize("NFKD", plain.translate(_LIGATURES))).casefold()


def _token(word: str) -> str:
    if word in STOP_WORDS:
        return ""
    known = LEMMAS.get(word)
    if known is None:
        single = _singular(word)
        known = LEMMAS.get(single) or (
            single if len(single) < SHORTEST_STEMMED else _stem(_masculine(single))
        )
    return known


def _singular(word: str) -> str:
    if len(word) <= 3:
        return word
    if word.endswith("eaux"):
        return word[:-1]
    if word.endswith("aux"):
        return word[:-2] + "l"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _masculine(word: str) -> str:
    for feminine, masculine in _FEMININES:
        if word.endswith(feminine) and len(word) > len(feminine) + 2:
            return word.removesuffix(feminine) + masculine
    return word


def _stem(word: str) -> str:
    stemmer = getattr(_stemmers, "french", None)
    if stemmer is None:
        # A Snowball stemmer is not safe to share among threads.
        stemmer = _stemmers.french = Stemmer.Stemmer("french")
        stemmer.maxCacheSize = 0
    return str(stemmer.stemWord(word)) or word
