"""One analysis of French for every engine: ready tokens in, ready tokens asked, so that engines agree.

A text is folded (case, accents, ligatures, typographic apostrophes), its elisions cut, its stop words left
out, its words brought to one gender and number, then stemmed. Stemming comes after folding, so that a word
typed without its accents finds the one written with them. A short list of lemmas mends what no French stemmer
joins (travail and travaux, insérer and insertion).

Synonyms are read from `indexer/words/synonyms.toml` and applied to the question, never to the documents:
changing them asks for no new index.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from threading import local
from typing import Final

import Stemmer

from indexer.words import LEMMAS, QUESTION_WORDS, STOP_WORDS, Synonyms, read_synonyms

#: Raised whenever the same text gives other tokens: an index made with another analysis must be rebuilt.
ANALYSIS_VERSION: Final = 1

#: Words of a question beyond this are left unread: nobody types so many, and each costs a look-up.
MAX_WORDS: Final = 16
MAX_QUESTION: Final = 1_000

#: Typos forgiven: none under 6 letters (vente is not verte), one from 6, two from 10.
ONE_TYPO, TWO_TYPOS = 6, 10

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


@dataclass(frozen=True, slots=True)
class Term:
    """One thing a question asks for. `typed` is what was typed, in tokens (several for an expression of the
    synonyms file); `others` are the phrases that say the same. `word` is the typed word before stemming and
    `typos` how many may be forgiven in it when the index knows none of this, 0 for short words."""

    typed: Phrase
    others: tuple[Phrase, ...] = ()
    word: str = ""
    typos: int = 0


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


def query_terms(text: str) -> tuple[Term, ...]:
    """What a question asks for, each thing once; empty when it has no significant word. Never raises."""
    return _query_terms(text[:MAX_QUESTION])


@lru_cache(maxsize=2048)
def _query_terms(text: str) -> tuple[Term, ...]:
    read = [(word, token) for word, token in map(_read, _written(text)) if token][:MAX_WORDS]
    tokens = tuple(token for _, token in read)
    found: dict[Phrase, Term] = {}
    position = 0
    while position < len(tokens):
        word, token = read[position]
        term = _expression_at(tokens, position) or _single(word, token)
        if word not in QUESTION_WORDS or len(term.typed) > 1:
            found.setdefault(term.typed, term)
        position += len(term.typed)
    return tuple(found.values())


def _expression_at(tokens: Phrase, position: int) -> Term | None:
    """The longest expression of the synonyms file that begins there."""
    table = _synonyms()
    for length in range(min(table.longest, len(tokens) - position), 1, -1):
        phrase = tokens[position : position + length]
        if phrase in table.others:
            return Term(phrase, table.others[phrase])
    return None


def _single(word: str, token: str) -> Term:
    typed = (token,)
    typos = 0 if any(map(str.isdigit, word)) else (len(word) >= ONE_TYPO) + (len(word) >= TWO_TYPOS)
    return Term(typed, _synonyms().others.get(typed, ()), word, typos)


@dataclass(frozen=True, slots=True)
class _Table:
    others: dict[Phrase, tuple[Phrase, ...]]
    longest: int


@lru_cache(maxsize=1)
def _synonyms() -> _Table:
    return _table(read_synonyms())


def _table(synonyms: Synonyms) -> _Table:
    """Each phrase with those that say the same, all in tokens."""
    gathered: dict[Phrase, dict[Phrase, None]] = {}
    for said, meant in _directions(synonyms):
        phrases = [tuple(index_tokens(words)) for words in meant]
        entry = tuple(index_tokens(said))
        gathered.setdefault(entry, {}).update(dict.fromkeys(p for p in phrases if p and p != entry))
    gathered.pop((), None)
    others = {entry: tuple(phrases) for entry, phrases in gathered.items() if phrases}
    return _Table(others, max(map(len, others), default=1))


def _directions(synonyms: Synonyms) -> Iterator[tuple[str, Iterable[str]]]:
    for group in synonyms.same:
        for said in group.words:
            yield said, group.words
    for group in synonyms.toward:
        for said in group.words:
            yield said, group.to


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
        known = LEMMAS.get(single) or _stem(_masculine(single))
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
