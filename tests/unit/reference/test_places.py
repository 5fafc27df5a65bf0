"""Places suggested as one types."""

import pytest

from indexer.engine import Suggestion
from indexer.reference.communes import Communes


def labels(found: list[Suggestion]) -> list[str]:
    return [suggestion.label for suggestion in found]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("pau", "Pau (64000)"),
        ("PAU", "Pau (64000)"),
        ("Y", "Y (80190)"),
        ("Us", "Us (95450)"),
        ("Ay", "Ay (51), aujourd’hui Aÿ-Champagne"),
        ("la-cour", "La Courneuve (93120)"),
        ("saint g", "Saint-Germain-en-Laye (78)"),
        ("st g", "Saint-Germain-en-Laye (78)"),
        ("l’hay", "L'Haÿ-les-Roses (94240)"),
        ("L'HAY les ros", "L'Haÿ-les-Roses (94240)"),
        ("mans", "Le Mans (72)"),
        ("montelimar", "Montélimar (26200)"),
        ("bourg les v", "Bourg-lès-Valence (26500)"),
        ("chalons champagne", "Châlons-en-Champagne (51000)"),
        ("stras", "Strasbourg (67)"),
        ("com", "Compiègne (60200)"),
    ],
)
def test_a_name_is_found_however_it_is_typed(communes: Communes, typed: str, first: str) -> None:
    assert labels(communes.suggest(typed))[0] == first


@pytest.mark.parametrize(
    "typed", ["paris 8", "Paris 8e", "paris 08", "PARIS 8ème arrondissement", "75008", "paris 8e arr"]
)
def test_an_arrondissement_is_found_by_its_number(communes: Communes, typed: str) -> None:
    first = communes.suggest(typed)[0]
    assert first == Suggestion("Paris 8e Arrondissement (75008)", "75108", "arrondissement")


def test_the_first_arrondissement_comes_before_the_tenth_and_the_others(communes: Communes) -> None:
    assert communes.suggest("paris 1")[0].code == "75101"


def test_vienne_is_the_town_then_the_departement(communes: Communes) -> None:
    town, departement = communes.suggest("vienne")[:2]
    assert town == Suggestion("Vienne (38200)", "38544", "commune")
    assert departement == Suggestion("Vienne (département, 86)", "86", "departement")


def test_a_departement_comes_before_a_village_of_its_name(communes: Communes) -> None:
    assert [place.code for place in communes.suggest("loire", 2)] == ["42", "49178"]


def test_towns_of_one_name_are_told_apart_the_larger_first(communes: Communes) -> None:
    assert labels(communes.suggest("st den", 2)) == ["Saint-Denis (974)", "Saint-Denis (93)"]


def test_what_begins_so_comes_before_what_has_a_word_that_does(communes: Communes) -> None:
    found = labels(communes.suggest("romans", 20))
    assert found[0] == "Romans-sur-Isère (26100)" or found[0].startswith("Romans (")
    assert found.index("Romans-sur-Isère (26100)") < found.index(
        "Communauté d'agglomération Valence Romans Agglo"
    )


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("plaine commune", Suggestion("Plaine Commune", "200057867", "epci")),
        ("drôme", Suggestion("Drôme (département, 26)", "26", "departement")),
        ("auvergne", Suggestion("Auvergne-Rhône-Alpes (région)", "84", "region")),
        ("26", Suggestion("Drôme (département, 26)", "26", "departement")),
        ("2a", Suggestion("Corse-du-Sud (département, 2A)", "2A", "departement")),
        ("84", Suggestion("Vaucluse (département, 84)", "84", "departement")),
        ("26000", Suggestion("Valence (26000)", "26362", "commune")),
        ("26362", Suggestion("Valence (26000)", "26362", "commune")),
        ("2A004", Suggestion("Ajaccio (2A)", "2A004", "commune")),
        ("béon", Suggestion("Béon (89410)", "89037", "commune")),
    ],
)  # fmt: skip
def test_every_kind_of_place_says_what_it_is(communes: Communes, typed: str, expected: Suggestion) -> None:
    assert communes.suggest(typed)[0] == expected


def test_a_former_commune_is_suggested_after_a_commune_of_its_name(communes: Communes) -> None:
    assert Suggestion(
        "Béon (01350), aujourd’hui Culoz-Béon", "01039", "ancienne-commune"
    ) in communes.suggest("béon")


def test_the_old_name_of_a_commune_that_gave_its_code_to_a_merger_is_known(communes: Communes) -> None:
    label = "Arbignieu (01300), aujourd’hui Arboys en Bugey"
    assert communes.suggest("arbignieu") == [Suggestion(label, "01015", "ancienne-commune")]


def test_the_first_letter_is_never_the_slip(communes: Communes) -> None:
    assert "Marseille (13)" not in labels(communes.suggest("arseille"))


def test_overseas_a_territory_is_suggested_once(communes: Communes) -> None:
    found = [place for place in communes.suggest("la réunion") if place.label.startswith("La Réunion")]
    assert [place.type for place in found] == ["departement", "commune"]


@pytest.mark.parametrize("typed", ["valence 26000", "26 valence", "Valence 26", "26000 Valence"])
def test_a_number_beside_a_name_chooses_among_its_bearers(communes: Communes, typed: str) -> None:
    assert labels(communes.suggest(typed))[0] == "Valence (26000)"
    assert "Valence (82400)" not in labels(communes.suggest(typed))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("montelimr", "Montélimar (26200)"), ("marseile", "Marseille (13)"),
     ("saint etiene", "Saint-Étienne (42)"),
     ("clermont ferand", "Clermont-Ferrand (63)"), ("romens", "Romans-sur-Isère (26100)"),
     ("Romens sur", "Romans-sur-Isère (26100)"), ("loril", "Loriol-sur-Drôme (26270)"),
     ("bourgoin jalieux", "Bourgoin-Jallieu (38300)")],
)  # fmt: skip
def test_a_slip_in_a_long_name_is_forgiven(communes: Communes, typed: str, meant: str) -> None:
    assert labels(communes.suggest(typed))[0] == meant


@pytest.mark.parametrize("typed", ["pax", "zzzzzz", "", "   ", "-'’", "\x00", "1", "123456"])
def test_nothing_is_suggested_rather_than_noise(communes: Communes, typed: str) -> None:
    assert communes.suggest(typed) == []


@pytest.mark.parametrize("typed", ["x'" * 5_000, "&:*(", "𝟚𝟞", "é" * 200, "٢٦", "²"])
def test_anything_can_be_typed(communes: Communes, typed: str) -> None:
    assert len(communes.suggest(typed, 5)) <= 5


def test_no_more_than_asked_for_and_each_place_once(communes: Communes) -> None:
    found = communes.suggest("saint", 50)
    assert len(found) == 50
    assert len(set(found)) == 50
    assert found[:7] == communes.suggest("saint", 7)
    assert communes.suggest("saint", 0) == []
