"""Communes by code, by zone and by place."""

import gzip
import shutil
from pathlib import Path

import pytest

from indexer.reference.communes import Communes
from indexer.reference.distance import distance_km
from indexer.reference.errors import UnknownCommune, UnreadableList
from indexer.reference.tables import DATA, CommuneTable, departement_of


def test_a_commune_carries_its_territories_and_its_centre(communes: Communes) -> None:
    valence = communes.get("26362")
    assert (valence.nom, valence.kind, valence.departement, valence.region) == (
        "Valence",
        "commune",
        "26",
        "84",
    )
    assert valence.codes_postaux == ("26000",)
    assert valence.population > 60_000
    assert valence.point.latitude == pytest.approx(44.92, abs=0.02)
    assert valence.point.longitude == pytest.approx(4.91, abs=0.02)
    epci = communes.find_territory("epci", valence.epci)
    assert epci is not None
    assert epci.nom == "Communauté d'agglomération Valence Romans Agglo"


def test_the_whole_of_france_is_there(communes: Communes) -> None:
    assert len(communes) > 36_000


@pytest.mark.parametrize(
    ("code", "nom", "departement"),
    [("2A004", "Ajaccio", "2A"), ("2B033", "Bastia", "2B"),
     ("97411", "Saint-Denis", "974"),
     ("97801", "Saint-Martin", "978"), ("98818", "Nouméa", "988"),
     ("75111", "Paris 11e Arrondissement", "75")],
)  # fmt: skip
def test_corsica_overseas_and_arrondissements_are_communes_too(
    communes: Communes, code: str, nom: str, departement: str
) -> None:
    commune = communes.get(code)
    assert (commune.nom, commune.departement) == (nom, departement)


def test_south_of_the_equator_latitudes_are_negative(communes: Communes) -> None:
    assert communes.get("97411").point.latitude == pytest.approx(-20.9, abs=0.1)


def test_hazebrouck_is_37_km_from_lille_centre_to_centre(communes: Communes) -> None:
    assert distance_km(communes.get("59295").point, communes.get("59350").point) == pytest.approx(
        37.3, abs=0.5
    )


@pytest.mark.parametrize(
    ("whole", "part", "parts"), [("75056", "75111", 20), ("69123", "69383", 9), ("13055", "13208", 16)]
)
def test_a_divided_town_and_its_arrondissements_find_each_other(
    communes: Communes, whole: str, part: str, parts: int
) -> None:
    assert whole in communes.zones_of(part)
    assert part in communes.zones_of(whole)
    assert communes.current(part).code == whole
    arrondissements = [code for code in communes.relatives(whole) if code in communes_of_kind(communes)]
    assert len(arrondissements) == parts


def communes_of_kind(communes: Communes) -> set[str]:
    codes = [f"{base + number}" for base, count in ((75100, 20), (69380, 9), (13200, 16))
             for number in range(1, count + 1)]  # fmt: skip
    return {code for code in codes if communes.get(code).kind == "arrondissement"}


def test_a_zone_of_one_arrondissement_does_not_cover_the_next(communes: Communes) -> None:
    assert "75112" not in communes.zones_of("75111")


def test_a_commune_merged_since_keeps_its_row_and_leads_to_the_commune_of_today(communes: Communes) -> None:
    beon = communes.get("01039")
    assert (beon.nom, beon.kind, beon.parent, beon.current_code) == (
        "Béon", "ancienne-commune", "01138", "01138",
    )  # fmt: skip
    assert communes.current("01039").nom == "Culoz-Béon"
    assert communes.get("01138").epci in communes.zones_of("01039")
    assert "01039" in communes.zones_of("01138")


def test_a_code_whose_name_is_lost_answers_with_the_commune_of_today(communes: Communes) -> None:
    assert communes.get("38096").nom == "Charvieu-Chavagneux"
    assert {"38096", "38085"} <= communes.zones_of("38096")
    assert "38096" in communes.zones_of("38085")


def test_a_code_from_before_the_departements_were_redrawn_belongs_to_the_new_one(communes: Communes) -> None:
    assert communes.get("20004").code == "2A004"
    assert communes.get("20004").departement == "2A"


def test_an_arrondissement_keeps_its_own_code_as_the_current_one(communes: Communes) -> None:
    assert communes.get("75111").current_code == "75111"


def test_zones_hold_the_commune_its_intercommunality_its_departement_and_france(communes: Communes) -> None:
    assert communes.zones_of("26362") == {"26362", "200068781", "26", "france", "99100"}


def test_a_region_is_no_zone_since_its_code_is_a_departement_elsewhere(communes: Communes) -> None:
    # Région 84 is Auvergne-Rhône-Alpes; département 84 is Vaucluse, where nobody from Valence lives.
    assert "84" not in communes.zones_of("26362")
    assert "84" in communes.zones_of("84007")


def test_grand_paris_has_both_its_levels_as_zones(communes: Communes) -> None:
    assert {"200054781", "200057867"} <= communes.zones_of("93001")


@pytest.mark.parametrize(
    "code", ["26362", "01039", "38096", "200068781", "26", "2A", "974", "france", "99100", "99350"]
)
def test_a_code_of_any_level_is_a_zone(communes: Communes, code: str) -> None:
    assert communes.is_zone_code(code)


@pytest.mark.parametrize(
    "code", ["26999", "20", "96", "200068780", "France", "", "99", "99600", "region", "011"]
)
def test_a_code_of_nothing_is_no_zone(communes: Communes, code: str) -> None:
    assert not communes.is_zone_code(code)


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("26362", "Valence"),
        ("26", "Drôme"),
        ("france", "France entière"),
        ("200057867", "Plaine Commune"),
        ("XX", "XX"),
    ],
)
def test_a_zone_has_a_name_to_show(communes: Communes, code: str, label: str) -> None:
    assert communes.zone_label(code) == label


@pytest.mark.parametrize("value", ["Valance", "valence", "26000"])
def test_an_unknown_commune_is_told_with_what_may_have_been_meant(communes: Communes, value: str) -> None:
    with pytest.raises(UnknownCommune) as raised:
        communes.get(value)
    assert raised.value.nearest[0] == "Valence (26362)"
    assert str(raised.value).startswith("code_insee : la commune")
    assert "Valence (26362)" in str(raised.value)


def test_an_unknown_code_offers_codes_one_digit_away_in_the_name_of_the_field(communes: Communes) -> None:
    with pytest.raises(UnknownCommune, match=r"^commune_depart : .*26199"):
        communes.get("26999", field="commune_depart")


@pytest.mark.parametrize("value", ["", "'; --", "\x00", "x" * 10_000])
def test_any_value_is_answered_with_an_error_of_ours(communes: Communes, value: str) -> None:
    assert communes.find(value) is None
    with pytest.raises(UnknownCommune):
        communes.zones_of(value)


@pytest.mark.parametrize(
    ("lat", "lon", "nom"),
    [
        (44.93, 4.89, "Valence"),
        (48.86, 2.34, "Paris"),
        (-20.9, 55.45, "Saint-Denis"),
        (-22.27, 166.45, "Nouméa"),
    ],
)
def test_a_point_is_in_the_commune_whose_centre_is_near_for_its_size(
    communes: Communes, lat: float, lon: float, nom: str
) -> None:
    assert communes.nearest(lat, lon).nom == nom


def test_every_commune_has_a_departement_a_region_and_a_parent_that_stands() -> None:
    table = CommuneTable()
    for row in range(len(table.codes)):
        commune = table.commune(row)
        assert ("departement", commune.departement) in table.territories
        assert ("region", commune.region) in table.territories
        assert commune.codes_postaux or commune.kind == "ancienne-commune"
        if commune.parent:
            assert table.kinds[table.rows[commune.parent]] == "commune"
        if commune.epci:
            assert ("epci", commune.epci) in table.territories


def test_each_code_has_one_row_and_former_codes_have_none() -> None:
    table = CommuneTable()
    assert len(table.rows) == len(table.codes)
    assert table.codes == sorted(table.codes)


def test_the_departement_is_read_from_the_code() -> None:
    assert [departement_of(code) for code in ("26362", "2A004", "97411", "98818")] == [
        "26",
        "2A",
        "974",
        "988",
    ]


@pytest.mark.parametrize(
    "content",
    [b"", b"not gzip", gzip.compress(b"other,columns\n1,2\n", mtime=0), gzip.compress(b"\xff\xfe", mtime=0)],
)
def test_a_spoilt_table_is_told_by_its_name(tmp_path: Path, content: bytes) -> None:
    shutil.copy(DATA / "territories.csv.gz", tmp_path)
    (tmp_path / "communes.csv.gz").write_bytes(content)
    with pytest.raises(UnreadableList, match=r"communes\.csv\.gz"):
        Communes(tmp_path)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Die", "26113"),
        ("portes les valence", "26252"),
        ("la Drôme", "26"),
        ("Ardèche", "07"),
        ("Auvergne-Rhône-Alpes", "26"),
        ("CC du Diois", "242600534"),
        ("Diois", "242600534"),
    ],
)
def test_a_name_written_in_a_text_stands_for_zone_codes(communes: Communes, name: str, code: str) -> None:
    assert code in communes.codes_named(name)


def test_a_name_that_no_list_holds_stands_for_nothing(communes: Communes) -> None:
    assert communes.codes_named("Baronnies de la Lune") == frozenset()
