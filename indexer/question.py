"""What a question asks for, read from what was typed.

The words that only put a question (« je cherche », « bonjour ») are left out. Of the others, those that say
a thing are needed; those that half the services could bear (« aide », « atelier »), that say for whom
(« femmes ») or whose it is (« mon fils ») only help: what says them too comes first. When nothing else is
said, they are what is asked. Two words that stand side by side help too where they do so again. And what the
whole is about (`indexer.topics`) helps where options are about it, whatever their words.

Synonyms are read from `indexer/words/synonyms.toml` and applied to the question, never to the documents:
changing them asks for no new index.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice, pairwise
from typing import Final

from indexer.french import Phrase, all_words, index_tokens
from indexer.strengths import FOR_WHOM, SIDE_BY_SIDE, WEAKLY
from indexer.topics.reading import read_text
from indexer.words import Synonyms, read_synonyms, read_topics
from indexer.words.lists import CHILDREN, CLOSE_ONES, PEOPLE_WORDS, POSSESSIVES, QUESTION_WORDS, WEAK_WORDS

#: Words of a question beyond this are left unread: nobody types so many, and each costs a look-up.
MAX_WORDS: Final = 16
MAX_QUESTION: Final = 1_000

#: Ways of saying the same that are tried in all: each is asked of every field, and an engine takes some
#: thousand clauses.
MOST_WAYS: Final = 80
MOST_PAIRS: Final = 4

#: Of so many things asked at once, one may be missing.
FORGIVEN_OF: Final = 3

#: Typos forgiven: none under 6 letters (vente is not verte), one from 6, two from 10.
ONE_TYPO, TWO_TYPOS = 6, 10


@dataclass(frozen=True, slots=True)
class Term:
    """One thing a question asks for. `typed` is what was typed, in tokens (several for an expression of the
    synonyms file), and `said` in folded words; `others` are the phrases that say the same, `near` those it
    leads to. `word` is the typed word before stemming and `typos` how many may be forgiven in it when the
    index knows none of this, 0 for short words."""

    typed: Phrase
    said: str = ""
    others: tuple[Phrase, ...] = ()
    near: tuple[Phrase, ...] = ()
    word: str = ""
    typos: int = 0

    @property
    def telling(self) -> tuple[str, ...]:
        """The tokens that tell something by themselves: apart from « domicile », « aide » does not."""
        return tuple(token for token in self.typed if token not in _weak_tokens())


@dataclass(frozen=True, slots=True)
class Question:
    """What a document must say, and what it had better say, each with its weight beside 1 for a needed term.
    Nothing is needed only when nothing significant was typed. `about` are the thématiques that it tells for
    sure; `all_about` says that all that is needed tells them, so that options about them answer."""

    needed: tuple[Term, ...] = ()
    helpful: tuple[tuple[Term, float], ...] = ()
    about: tuple[str, ...] = ()
    all_about: bool = False

    @property
    def least(self) -> int:
        """How many of the needed terms are enough: both of two, for « product » alone is no product manager;
        of a long sentence, most."""
        return len(self.needed) - len(self.needed) // FORGIVEN_OF

    @property
    def weight(self) -> float:
        """The sum of all weights."""
        return len(self.needed) + sum(weight for _, weight in self.helpful)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word read, and its weight: 0 when it asks for nothing, 1 when it says a thing."""

    word: str
    token: str
    weight: float


def read_question(text: str) -> Question:
    """What is asked, each thing once. Never raises."""
    return _read_question(text[:MAX_QUESTION])


@lru_cache(maxsize=2048)
def _read_question(text: str) -> Question:
    terms = list(_bounded(_terms(list(_words(text))[:MAX_WORDS])))
    first: dict[Phrase, tuple[Term, float]] = {}
    for term, weight in terms:
        first.setdefault(term.typed, (term, weight))
    most = max((weight for _, weight in first.values()), default=0.0)
    needed = tuple(term for term, weight in first.values() if weight == most > 0)
    helpful = [(term, weight) for term, weight in first.values() if 0 < weight < most]
    pairs = ((pair, SIDE_BY_SIDE) for pair in islice(_pairs(terms, set(needed)), MOST_PAIRS))
    about = tuple(sorted(read_text(text).sure)) if needed else ()
    return Question(needed, (*helpful, *pairs), about, bool(about) and _all_about(needed, about))


def _all_about(needed: Iterable[Term], about: Iterable[str]) -> bool:
    """Whether each thing needed tells one of those: a crèche for dogs is none for children."""
    return all(not read_text(term.said).weights.keys().isdisjoint(about) for term in needed)


def _words(text: str) -> Iterator[_Word]:
    """The significant words, with what they weigh; « mon fils » is a child, and for whom."""
    before = ""
    for word, token in all_words(text):
        close = word in CLOSE_ONES and before in POSSESSIVES
        before = word
        if close and word in CHILDREN:
            yield _Word("enfant", "enfant", _ASIDE)
        elif token:
            yield _Word(word, token, _ASIDE if close else _weight(word))


#: What is told of one's own people counts least: a crèche « pour mon fils » is a crèche.
_ASIDE: Final = WEAKLY / 2


def _weight(word: str) -> float:
    if word in QUESTION_WORDS:
        return 0.0
    if word in WEAK_WORDS:
        return WEAKLY
    return FOR_WHOM if word in PEOPLE_WORDS else 1.0


def _terms(words: list[_Word]) -> Iterator[tuple[Term, float]]:
    tokens = tuple(one.token for one in words)
    position = 0
    while position < len(tokens):
        if term := _expression_at(words, tokens, position):
            yield term, _least_weight(term, 1.0)
            position += len(term.typed)
        else:
            term = _single(words[position])
            yield term, _least_weight(term, words[position].weight)
            position += 1


def _bounded(terms: Iterable[tuple[Term, float]]) -> Iterator[tuple[Term, float]]:
    left = MOST_WAYS
    for term, weight in terms:
        others = term.others[:left]
        near = term.near[: left - len(others)]
        left -= len(others) + len(near)
        yield replace(term, others=others, near=near), weight


def _least_weight(term: Term, weight: float) -> float:
    return min(weight, FOR_WHOM) if term.typed in _synonyms().whom else weight


def _expression_at(words: list[_Word], tokens: Phrase, position: int) -> Term | None:
    """The longest expression of the synonyms file that begins there."""
    table = _synonyms()
    for length in range(min(table.longest, len(tokens) - position), 1, -1):
        phrase = tokens[position : position + length]
        if phrase in table.others or phrase in table.near:
            said = " ".join(one.word for one in words[position : position + length])
            return Term(phrase, said, table.others.get(phrase, ()), table.near.get(phrase, ()))
    return None


def _single(said: _Word) -> Term:
    typed, word = (said.token,), said.word
    table = _synonyms()
    typos = 0 if any(map(str.isdigit, word)) else (len(word) >= ONE_TYPO) + (len(word) >= TWO_TYPOS)
    return Term(typed, word, table.others.get(typed, ()), table.near.get(typed, ()), word, typos)


def _pairs(terms: list[tuple[Term, float]], needed: set[Term]) -> Iterator[Term]:
    """Words side by side, one of them needed, in either order."""
    said = [(term, weight) for term, weight in terms if weight]
    for (one, _), (other, _) in pairwise(said):
        if len(one.typed) == len(other.typed) == 1 and one != other and needed & {one, other}:
            yield Term((*one.typed, *other.typed), others=((*other.typed, *one.typed),))


@lru_cache(maxsize=1)
def _weak_tokens() -> frozenset[str]:
    return frozenset(token for word in WEAK_WORDS for token in index_tokens(word))


@lru_cache(maxsize=1)
def topics() -> frozenset[str]:
    """Tokens of what the field is about: in the name of a structure they tell its purpose, not that it is the
    one asked for."""
    return frozenset(token for words in read_topics() for token in index_tokens(words))


@dataclass(frozen=True, slots=True)
class _Table:
    others: dict[Phrase, tuple[Phrase, ...]]
    near: dict[Phrase, tuple[Phrase, ...]]
    whom: frozenset[Phrase]
    longest: int


@lru_cache(maxsize=1)
def _synonyms() -> _Table:
    return _table(read_synonyms())


def _table(synonyms: Synonyms) -> _Table:
    """Each phrase with those that say the same and those it leads to, all in tokens, and which say for
    whom."""
    others = _gathered((said, group.words) for group in synonyms.same for said in group.words)
    near = _gathered((said, group.to) for group in synonyms.toward for said in group.words)
    near = {
        said: tuple(phrase for phrase in phrases if phrase not in others.get(said, ()))
        for said, phrases in near.items()
    }
    groups = (*synonyms.same, *synonyms.toward)
    whom = frozenset(tuple(index_tokens(said)) for group in groups if group.whom for said in group.words)
    return _Table(others, near, whom, max(map(len, (*others, *near)), default=1))


def _gathered(said: Iterable[tuple[str, Iterable[str]]]) -> dict[Phrase, tuple[Phrase, ...]]:
    gathered: dict[Phrase, dict[Phrase, None]] = {}
    for entry, meant in said:
        typed = tuple(index_tokens(entry))
        phrases = (tuple(index_tokens(words)) for words in meant)
        gathered.setdefault(typed, {}).update(dict.fromkeys(p for p in phrases if p and p != typed))
    gathered.pop((), None)
    return {entry: tuple(phrases) for entry, phrases in gathered.items() if phrases}
