"""Front-end files: stamped by their content, named by a manifest."""

import json
from pathlib import Path

from assets import publish


def test_the_manifest_names_files_that_stand_there(tmp_path: Path) -> None:
    source = tmp_path / "htmx.min.js"
    source.write_text("one")
    manifest = publish([source], tmp_path / "vendor")
    assert json.loads((tmp_path / "vendor" / "manifest.json").read_text()) == manifest
    assert (tmp_path / "vendor" / manifest["htmx.min.js"]).read_text() == "one"


def test_another_content_has_another_name_and_the_old_file_goes(tmp_path: Path) -> None:
    source, vendor = tmp_path / "htmx.min.js", tmp_path / "vendor"
    source.write_text("one")
    before = publish([source], vendor)["htmx.min.js"]
    source.write_text("two")
    after = publish([source], vendor)["htmx.min.js"]
    assert before != after
    assert sorted(path.name for path in vendor.iterdir()) == sorted([after, "manifest.json"])


def test_the_same_content_keeps_its_name(tmp_path: Path) -> None:
    source = tmp_path / "bootstrap.min.css"
    source.write_text("body{}")
    assert publish([source], tmp_path / "vendor") == publish([source], tmp_path / "vendor")
