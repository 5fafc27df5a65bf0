"""The list of FRR communes as its administration publishes it."""

from pathlib import Path

import pytest

from indexer.reference.communes import load_communes
from indexer.reference.errors import UnreadableList
from indexer.reference.rural import read_rural

DGCL = """Code_insee;Departement;Commune;Classement FRR et FRR+ au 10 juillet 2025;
26113;26;Die;FRR+;
26362;26;Valence;Non classée;
1004;01;Ambérieu-en-Bugey;FRR bénéficiaire partiellement;
"""


def listed(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    file = tmp_path / "frr.csv"
    file.write_bytes(text.encode(encoding))
    return file


def test_classed_not_classed_and_classed_in_part(tmp_path: Path) -> None:
    rural = read_rural(listed(tmp_path, DGCL, "utf-8-sig"))
    assert rural == {"26113": True, "26362": False, "01004": None}


def test_the_observatory_of_territories_is_read_too(tmp_path: Path) -> None:
    assert read_rural(listed(tmp_path, "codgeo,libgeo,codefrr\n26113,Die,1\n26362,Valence,-9999\n")) == {
        "26113": True, "26362": False,
    }  # fmt: skip


def test_a_bare_list_of_codes_names_those_that_are_classed(tmp_path: Path) -> None:
    assert read_rural(listed(tmp_path, "code_insee\n26113\n")) == {"26113": True}


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("", "utf-8"),
        ("nom;x\nDie;1\n", "utf-8"),
        ("é;x", "latin-1"),
        ('{"code_insee":"26113"}\n"x"', "utf-8"),
    ],
)
def test_another_file_is_refused(tmp_path: Path, text: str, encoding: str) -> None:
    with pytest.raises(UnreadableList):
        read_rural(listed(tmp_path, text, encoding))


def test_communes_know_it_and_without_a_list_nothing_is_known() -> None:
    plain = load_communes()
    assert plain.is_rural("26113") is None
    known = plain.with_rural({"26113": True})
    assert (known.is_rural("26113"), known.is_rural("26362")) == (True, None)
    assert plain.is_rural("26113") is None
