"""The logs say what happened, and nothing of who asked or what for."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from directory.config import Settings
from directory.logs import configure_logs
from tests.api.asking import PREFIX, problem
from tests.houses import client_of, open_house

CANARY = "zygomatique"


@pytest.fixture(autouse=True)
def everything_logged(tmp_path: Path) -> None:
    """At the most talkative level."""
    configure_logs(Settings(data_dir=tmp_path, log_level="debug"))


class Failing:
    """An engine with a fault of ours, whose message quotes what was asked."""

    def __getattr__(self, name: str) -> object:
        raise KeyError(f"{name} {CANARY}")


@pytest.mark.parametrize(
    "path",
    [
        f"/search?q={CANARY}",
        f"/search?{CANARY}=1",
        f"/search?publics={CANARY}",
        f"/search?code_insee={CANARY}",
        f"/suggest?q={CANARY}",
        f"/services/{CANARY}",
        f"/services?cursor={CANARY}",
        f"/{CANARY}",
        f"/../recherche?q={CANARY}&lieu={CANARY}",
    ],
)
def test_what_is_asked_is_not_logged(
    client: FlaskClient, capsys: pytest.CaptureFixture[str], path: str
) -> None:
    client.get(PREFIX + path)
    told = capsys.readouterr()
    assert "request" in told.err
    assert CANARY not in told.err + told.out


@pytest.mark.parametrize(
    "sent",
    [
        {"code_insee": "26362", "needs": [CANARY]},
        {"code_insee": "26362", "needs": ["mobilite"], "refusals": [{"option_id": CANARY, "reason": CANARY}]},
        {"code_insee": CANARY, CANARY: 1, "publics": [CANARY]},
        [CANARY],
    ],
    ids=["a need", "a refusal", "faults", "no profile"],
)
def test_a_profile_is_not_logged(
    client: FlaskClient, capsys: pytest.CaptureFixture[str], sent: object
) -> None:
    client.post(f"{PREFIX}/match", json=sent)
    client.post(f"{PREFIX}/match", data=f"{{{CANARY}".encode(), content_type="application/json")
    client.post(f"{PREFIX}/match", data=CANARY.encode(), headers={"X-Who": CANARY})
    told = capsys.readouterr()
    assert told.err.count("request") >= 3
    assert CANARY not in told.err + told.out


def test_a_fault_of_ours_is_logged_without_what_it_quotes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    house = open_house(tmp_path, upgraded=False)
    house.__dict__["engine"] = Failing()
    answer = client_of(house).get(f"{PREFIX}/search?q={CANARY}")
    problem(answer, 500)
    told = capsys.readouterr().err
    assert "KeyError" in told
    assert "search.py" in told
    assert CANARY not in told + answer.text
