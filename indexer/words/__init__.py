"""The words of the field: stop words, lemmas, synonyms, and what people say for each theme and occupation.

Data kept in three TOML files beside this module; `indexer.french` gives them their meaning. `searchable_text`
says which words of a document a question is held against, for every engine alike.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Any, Final

from data_inclusion.schema.v1 import Thematique

from indexer.document import OptionDocument


@dataclass(frozen=True, slots=True)
class Group:
    """Words that lead to one another (`to` empty) or one way, from `words` to `to`; `why` says the reason."""

    words: tuple[str, ...]
    why: str
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Synonyms:
    """`same`: each word of a group stands for all of it. `toward`: only from `words` to `to`."""

    same: tuple[Group, ...]
    toward: tuple[Group, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchableText:
    """The words of a document by how much a hit on them tells: see `indexer.query.Text`."""

    name: str
    structure: str
    themes: str
    occupations: str
    description: str


def read_synonyms() -> Synonyms:
    """The groups of `synonyms.toml`, as written."""
    told = _read("synonyms.toml")
    return Synonyms(_groups(told["same"]), _groups(told["toward"]))


def searchable_text(document: OptionDocument) -> SearchableText:
    """What of a document is read by a question. Parts of a field are kept apart, so that no expression is
    found astride two of them."""
    return SearchableText(
        name=document.nom,
        structure=document.structure_nom,
        themes=APART.join(map(theme_words, document.thematiques)),
        occupations=APART.join((*document.occupations, *_trade_words(document.rome))),
        description=document.description,
    )


@lru_cache(maxsize=1024)
def theme_words(code: str) -> str:
    """The label of a theme and what people say for it; for a code not known, its own words."""
    label = _labels().get(code) or code.rpartition("--")[2].replace("-", " ")
    return APART.join((label, *_everyday().get(code, ())))


def _trade_words(codes: Iterable[str]) -> Iterable[str]:
    """What people say for the occupations of those codes."""
    return (words for code in codes for words in read_occupation_words().get(code, ()))


#: Between two parts of one field: a word no question holds and no phrase crosses.
APART: Final = " zzapartzz "


@lru_cache(maxsize=1)
def _labels() -> Mapping[str, str]:
    return MappingProxyType({str(theme.value): str(theme.label) for theme in Thematique})


def read_theme_words() -> Mapping[str, tuple[str, ...]]:
    """What people say for each thématique, beside its label."""
    return _everyday()


@lru_cache(maxsize=1)
def read_occupation_words() -> Mapping[str, tuple[str, ...]]:
    """What people say for occupations, by code of ROME."""
    return MappingProxyType({code: tuple(words) for code, words in _read("occupations.toml").items()})


@lru_cache(maxsize=1)
def _everyday() -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({code: tuple(words) for code, words in _read("themes.toml").items()})


def _groups(rows: Iterable[Mapping[str, Any]]) -> tuple[Group, ...]:
    return tuple(Group(tuple(row["words"]), row["why"], tuple(row.get("to", ()))) for row in rows)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__name__).joinpath(name).read_text(encoding="utf-8"))


def _word_list(words: str) -> frozenset[str]:
    return frozenset(words.split())


#: Folded. Single letters are elisions written without their apostrophe; b and c stay (permis B, permis C).
STOP_WORDS: Final = _word_list("""
a ai aie ainsi alors apres as au aucun aucune aussi autre autres aux avait avant avec avez avoir avons car ce
ceci cela celle celles celui ces cet cette ceux chaque chez comme d dans de depuis des deux donc du elle elles
en encore entre es est et etaient etait etant etc ete etes etre eu eux il ils j je jusqu jusque l la le les
leur leurs lors lorsque lui m ma mais me meme memes mes moi moins mon n ne ni nos notre nous on ont or ou par
parce pas pendant peu peut peuvent plus pour pourra pourront puis qu quand que quel quelle quelles quels qui
quoi s sa sans se sera serez seront ses si sien soi soient soit son sont sous suis sur t ta tant te tes toi
ton tous tout toute toutes tres trop tu un une vers via voici voila vos votre vous y
""")

#: Folded words by which a question is put and that ask for nothing; left out of questions only.
QUESTION_WORDS: Final = _word_list("""
bonjour besoin cherche chercher comment faut merci peux pourquoi pouvez probleme problemes savoir souhaite
stp svp veut veux voudrais voudrait vouloir dois
""")

#: Folded word → token, where stemming parts what belongs together or joins what does not.
LEMMAS: Final[Mapping[str, str]] = MappingProxyType(
    {
        word: token
        for token, words in {
            "travail": "travail travaux travailler travailleur travailleuse travailleurs travailleuses",
            "emploi": "emploi emplois",
            "famill": "famille familles familial familiale familiaux familiales",
            "insert": "inserer insertion insertions insere inseree",
            "apprenti": "apprenti apprentie apprentis apprenties apprentissage apprentissages",
            "comptabl": "comptable comptables comptabilite",
            "maintenance": "maintenance",
            "social": "social sociale sociaux sociales",
            "socialis": "socialisation",
            "jeu": "jeu jeux",
            "lieu": "lieu lieux",
            "oeil": "oeil yeux",
            "cours": "cours",
            "pays": "pays",
            "bus": "bus",
            "fond": "fond fonds",
            "prix": "prix",
            "bail": "bail baux",
            "organism": "organisme organismes",
            "organis": "organiser organisation organisations organisateur",
            "port": "porter port porte portes",
            "portag": "portage",
            "chomag": "chomage chomeur chomeurs chomeuse chomeuses",
            "addict": "addiction addictions addictologie addictif addictive addictives addictifs",
            "psycholog": "psychologue psychologues psychologique psychologiques psychologie",
            "juridiqu": "juridique juridiques juriste juristes",
            "medical": "medical medicale medicaux medicales medecin medecins medecine",
            "benevol": "benevole benevoles benevolat",
            "parental": "parental parentale parentaux parentalite",
            "alimentair": "alimentaire alimentaires alimentation aliment aliments",
            "migrant": "migrant migrants migrante migrantes",
            "migrat": "migration migratoire",
            "sport": "sport sports sportif sportifs sportive sportives",
            "cultur": "culture cultures culturel culturelle culturels culturelles",
            "numer": "numerique numeriques",
            "numero": "numero numeros",
            "form": "formation formations former forme se-former formateur formatrice formateurs",
            "formulair": "formulaire formulaires",
            "permis": "permis",
            "conduir": "conduire conduite",
            "logement": "logement logements loger",
            "logiciel": "logiciel logiciels",
            "loge": "loge",
            "accompagn": "accompagner accompagnement accompagnements accompagne accompagnee",
            "handicap": "handicap handicaps handicape handicapee handicapes handicapees",
            "dett": "dette dettes",
            "endett": "endettement endette surendettement surendette",
            "impay": "impaye impayes",
            "cv": "cv cvs",
        }.items()
        for word in words.split()
    }
)
