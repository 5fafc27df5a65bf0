"""The page that tells territories about links names what the code reads, and nothing else."""

import re
from pathlib import Path

from matching.diagnostic.entries import INDICATORS, STATUSES
from matching.diagnostic.nomenclature import SECTIONS

PAGE = (Path(__file__).parents[3] / "docs" / "diagnostic.md").read_text("utf-8")


def test_every_indicator_is_on_the_page_and_the_page_has_no_other() -> None:
    table = PAGE.partition("## Indicators")[2]
    named = {
        name
        for row in re.findall(r"^\| (`.+?) \|", table, re.MULTILINE)
        for name in re.findall(r"`(\w+)`", row)
    }
    assert named == set(INDICATORS)


def test_every_section_and_status_is_on_the_page() -> None:
    assert all(f"[{section}." in PAGE for section in SECTIONS)
    assert all(status in PAGE for status in STATUSES)
