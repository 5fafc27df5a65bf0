"""How strongly a document answers: the weights of words, nearness and freshness, the same on every engine.

Relevance = the wishes' score × nearness × freshness, rounded to six digits so that the noise of sums never
orders anything; ties end on id.

- A text's strength, between 0 and 1, is the mean over the terms of the question, each by its weight. A term
  has the weight of the best place where it is said (`PLACES`) and a `SHARE` of the others': named, described
  and declared is more than declared alone. A synonym counts a little less than the word itself, what it
  leads to less again, and a mended typo. No statistics of the corpus enter, so that a document has the same
  strength on every engine, before and after a rebuild.
- Nearness is `FAR + (1 - FAR) × gauss(distance)`, where the gauss is one half at `scale_km`; it never falls
  under `FAR`, for a strong answer far away beats a weak one here. What is had remotely, or nobody knows
  where, gets `ELSEWHERE`, under `FAR`: never before an equal one on site.
- Freshness loses at most `STALE`, half of it in a `YEAR`: between equals, the one that was looked after.
"""

# The numbers below were tried one at a time, then together, on the 49 tuning searches read by 25 November
# 2026 (tests/quality/cases/tuning; the sealed half played no part): nDCG@10 went from 0.838 to 0.870, and
# from 0.876 to 0.904 among the options read. Most are flat: a step up or down moves the mean by less than
# 0.005. Those that are not say what asked for them.

from typing import Final

#: Fields of words, by name in the schema: `focus` holds what a description is about, `themes` the words of
#: the thématiques that the text bears out, `declared` of those only declared, `labels` the public and the
#: form of the service in words.
NAME, STRUCTURE, THEMES, OCCUPATIONS = "name", "structure", "themes", "occupations"
DESCRIPTION, FOCUS, DECLARED, LABELS = "description", "focus", "declared", "labels"
WORD_FIELDS: Final = (NAME, STRUCTURE, THEMES, DECLARED, OCCUPATIONS, DESCRIPTION, FOCUS, LABELS)
#: The unstemmed words of all of them but the structure's name, for typos.
SURFACE = "surface"

#: What a hit is worth by place. What a service says of itself comes before what it declares, often too
#: widely; declared alone must still count (at 0.15: t02 « atelier cv », t08 « cours de français » lose 0.27
#: and 0.12), and the occupation of an immersion nearly as its name (at 0.6: t38 « vigile » loses 0.16).
PLACES: Final = {
    NAME: 1.0, OCCUPATIONS: 0.8, FOCUS: 0.6, THEMES: 0.5, DESCRIPTION: 0.3, DECLARED: 0.25, LABELS: 0.2,
}  # fmt: skip
#: An organisation asked by its name comes just behind what is so named, before any mere mention; one whose
#: name only tells the purpose of all it does (« Association Logement ») says little of one service.
IN_STRUCTURE, IN_PURPOSE = 0.9, 0.2
#: What each further place adds, of its own worth; with none, t06 « auto-école sociale » loses 0.14.
SHARE: Final = 0.3
#: The most a term can have.
CEILING: Final = 1.0 + SHARE * (sum(PLACES.values()) - 1.0 + IN_STRUCTURE)

AS_SYNONYM: Final = 0.9
#: At 0.75 any computer passes before the cheap one (t47 « ordinateur pas cher »).
AS_LED_TO: Final = 0.6
AS_TYPO: Final = 0.8
#: An expression whose words are all said, but apart.
SCATTERED: Final = 0.8
#: Beside 1 for a word that says a thing: those that say little, that say for whom, that stand side by side.
WEAKLY, FOR_WHOM, SIDE_BY_SIDE = 0.25, 0.5, 0.35

#: Of a strength, what being about the same thématique gives, and how much of it when it is only declared:
#: t02 « atelier cv » and t63 « garage solidaire » lose 0.36 without the first, t02 as much with 0.2 of the
#: second.
ABOUT, ONLY_DECLARED = 0.2, 0.6

#: Letters a typo never touches, at the head of a word.
SURE_LETTERS: Final = 2
#: At 0.6 what lies 25 km off passes before what answers nearly as well next door: t02 loses 0.36, t08 0.15,
#: t12 « dépression » 0.11, and three others gain 0.07 at most.
FAR: Final = 0.35
ELSEWHERE: Final = 0.34
STALE: Final = 0.1
#: Days.
YEAR: Final = 365.0
