"""How strongly a document answers: the weights of words, nearness and freshness, the same on every engine.

Relevance = the wishes' score × nearness × freshness, rounded to six digits so that the noise of sums never
orders anything; ties end on id.

- A text's strength, between 0 and 1: the mean, over the words of the question, of the best place each was
  found in (`GATE`); a synonym counts a little less than the word itself, a mended typo less again. A
  description that holds all the words alone gives `IN_DESCRIPTION`. No statistics of the corpus enter, so
  that a document has the same strength on every engine, before and after a rebuild.
- Nearness is `FAR + (1 - FAR) × gauss(distance)`, with the gauss such that it is exactly one half at
  `scale_km`; it never falls under `FAR`, for a strong answer far away beats a weak one here. What is had
  remotely, or nobody knows where, gets `ELSEWHERE`, under `FAR`: never before an equal one on site.
- Freshness loses at most `STALE`, half of it in a `YEAR`: between equals, the one that was looked after.
"""

from typing import Final

#: Fields of words, by name in the schema.
NAME, STRUCTURE, THEMES, OCCUPATIONS, DESCRIPTION = (
    "name",
    "structure",
    "themes",
    "occupations",
    "description",
)
#: The unstemmed words of all of them but the structure's name, for typos.
SURFACE = "surface"

#: An organisation asked by its name comes just behind what is so named, before any mere mention.
GATE: Final = {NAME: 1.0, STRUCTURE: 0.9, OCCUPATIONS: 0.8, THEMES: 0.7}
IN_DESCRIPTION: Final = 0.3
AS_SYNONYM: Final = 0.9
AS_TYPO: Final = 0.8

#: Letters a typo never touches, at the head of a word.
SURE_LETTERS: Final = 2

FAR: Final = 0.25
ELSEWHERE: Final = 0.24
STALE: Final = 0.1
#: Days.
YEAR: Final = 365.0
