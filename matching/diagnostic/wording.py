"""Words of a label or a text made comparable: accents, apostrophes, capitals and plurals do not count."""

from functools import lru_cache

from indexer.reference.names import fold

__all__ = ["fold", "tokens"]


def tokens(text: str) -> list[str]:
    """Folded words in their order, each without its plural mark."""
    return [_singular(word) for word in fold(text).split(" ")]


@lru_cache(maxsize=50_000)
def _singular(word: str) -> str:
    if len(word) > 3 and word[-1] in "sx" and word[-2] != "s":
        return word[:-1]
    return word
