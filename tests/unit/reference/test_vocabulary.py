"""The closed lists of data·inclusion, and the two levels of themes."""

import subprocess
import sys

import pytest
from data_inclusion.schema import v1

import indexer.reference
from indexer.reference.errors import UnknownCode
from indexer.reference.themes import (
    THEMES_BY_CATEGORY,
    category_of,
    expand,
    expand_all,
    theme_label,
)
from indexer.reference.vocabulary import CATEGORIES, PUBLICS, THEMES, VOCABULARIES, Vocabulary


def test_every_list_of_the_schema_is_there_whole() -> None:
    enumerations = {
        "categories": v1.Categorie, "thematiques": v1.Thematique, "publics": v1.Public,
        "types": v1.TypeService,
        "frais": v1.Frais, "modes_accueil": v1.ModeAccueil, "modes_mobilisation": v1.ModeMobilisation,
        "mobilisable_par": v1.PersonneMobilisatrice, "reseaux_porteurs": v1.ReseauPorteur,
    }  # fmt: skip
    assert VOCABULARIES.keys() == enumerations.keys()
    for field, enumeration in enumerations.items():
        assert VOCABULARIES[field].codes == tuple(member.value for member in enumeration)


def test_a_code_has_a_label_and_says_what_it_covers() -> None:
    assert PUBLICS.label("jeunes") == "Jeunes"
    assert PUBLICS.get("jeunes").description == "Jeunes au sens large, jeunes adultes, adolescents, etc"
    assert "jeunes" in PUBLICS
    assert PUBLICS.find("martiens") is None


@pytest.mark.parametrize("vocabulary", VOCABULARIES.values(), ids=VOCABULARIES.keys())
def test_a_code_misspelt_is_answered_with_the_nearest(vocabulary: Vocabulary) -> None:
    for code in vocabulary.codes[:20]:
        with pytest.raises(UnknownCode) as raised:
            vocabulary.get(code + "x")
        assert code in raised.value.nearest
        assert str(raised.value).startswith(f"{vocabulary.field} : la valeur « {code[:60]}")


@pytest.mark.parametrize(
    ("value", "meant"),
    [("numerik", "numerique"), ("mobilité", "mobilite"), ("mobilite--permis", "mobilite--preparer-un-permis"),
     ("garde enfants", "famille--garde-denfants")],
)  # fmt: skip
def test_an_unknown_theme_is_answered_with_what_may_have_been_meant(value: str, meant: str) -> None:
    with pytest.raises(UnknownCode) as raised:
        expand(value)
    assert meant in raised.value.nearest
    assert meant in str(raised.value)


def test_nothing_near_offers_nothing() -> None:
    with pytest.raises(UnknownCode) as raised:
        expand("zzz")
    assert raised.value.nearest == ()


def test_a_category_stands_for_all_its_themes() -> None:
    assert len(expand("mobilite")) > 3
    assert all(theme.startswith("mobilite--") for theme in expand("mobilite"))
    assert expand("mobilite--preparer-un-permis") == ("mobilite--preparer-un-permis",)


def test_every_theme_belongs_to_a_category_of_the_schema() -> None:
    assert THEMES_BY_CATEGORY.keys() == set(CATEGORIES.codes)
    assert sorted(theme for themes in THEMES_BY_CATEGORY.values() for theme in themes) == sorted(THEMES.codes)
    assert category_of("mobilite--preparer-un-permis") == category_of("mobilite") == "mobilite"


def test_themes_asked_twice_count_once() -> None:
    both = expand_all(["mobilite--preparer-un-permis", "mobilite"])
    assert both[0] == "mobilite--preparer-un-permis"
    assert sorted(both) == sorted(expand("mobilite"))


def test_both_levels_have_a_label() -> None:
    assert theme_label("mobilite") == "Mobilité"
    assert theme_label("famille--garde-denfants") == "Garde d’enfants"


@pytest.mark.parametrize("function", [category_of, expand, theme_label])
def test_an_unknown_theme_is_an_error_everywhere(function: object) -> None:
    assert callable(function)
    with pytest.raises(UnknownCode):
        function("mobilite--voler")


def test_every_public_name_can_be_imported() -> None:
    for name in indexer.reference.__all__:
        assert getattr(indexer.reference, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = indexer.reference.nothing


def test_importing_the_package_loads_nothing_heavy() -> None:
    heavy = "('numpy', 'geopy', 'pydantic', 'rapidfuzz')"
    check = f"import sys, indexer.reference; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
