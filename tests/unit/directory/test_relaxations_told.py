"""What could move, in words: each change has its own sentence, no field's name shows."""

from typing import Any

import pytest

from directory.words import relaxation


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"travel.max_minutes": 60}, "En acceptant 60 minutes de trajet"),
        ({"travel.modes": ["marche", "covoiturage"]}, "En se déplaçant aussi en covoiturage"),
        ({"remote_ok": True}, "En acceptant ce qui se fait à distance"),
        ({"excluded_hours": []}, "En acceptant tous les horaires"),
        ({"excluded_hours": ["nuit", "week-end"]}, "En ne refusant plus que la nuit et le week-end"),
        ({"refusals": []}, "En revenant sur ce qui a été refusé"),
        ({"available_from": "2026-11-25"}, "En étant disponible dès le 25 novembre 2026"),
    ],
)
def test_each_change_has_its_sentence(change: dict[str, Any], said: str) -> None:
    assert relaxation({"change": change, "gain": 7}) == f"{said} : 7 options de plus"
