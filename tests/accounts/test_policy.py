"""Who may do what: every act, every role, one's own and another's; and every route has its rule."""

from pathlib import Path

import pytest

from directory.accounts.policy import ACT_NAMES, ACTS, SCOPES, WHOLE_TERRITORY, Act, may, may_grant
from directory.accounts.principal import NOBODY, ROLES, Member, Principal, Role
from directory.app import create_app
from directory.web.access import act_of
from tests.houses import close_house, open_house

OPEN: Act = "read the directory"


def somebody(role: Role, organisation_id: str = "mine", scopes: frozenset[str] | None = None) -> Principal:
    kind = {"employer": "employer", "counsellor": "structure", "structure_manager": "structure"}.get(
        role, "territory"
    )
    member = Member(organisation_id=organisation_id, organisation="Nous", kind=kind, role=role)
    return Principal(id="p", nom="Camille", courriel="a@exemple.fr", members=(member,), scopes=scopes)


def test_every_route_has_a_rule_and_none_is_forgotten(tmp_path: Path) -> None:
    jalon = open_house(tmp_path)
    app = create_app(jalon)
    close_house(jalon)
    closed = [rule.endpoint for rule in app.url_map.iter_rules() if act_of(rule.endpoint) is None]
    assert closed == []


@pytest.mark.parametrize("act", ACT_NAMES)
def test_who_is_not_logged_in_only_reads(act: Act) -> None:
    assert may(NOBODY, act) == (act == OPEN)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("act", ACT_NAMES)
def test_a_role_does_what_its_line_says_on_its_own_and_nothing_on_anothers(act: Act, role: Role) -> None:
    person = somebody(role)
    allowed = role in ACTS[act]
    assert may(person, act, "mine") == allowed
    everywhere = act in {OPEN, "use an own account"} or act in WHOLE_TERRITORY.get(role, ())
    assert may(person, act, "another") == (allowed and everywhere)


@pytest.mark.parametrize("role", ROLES)
def test_a_program_does_no_more_than_its_scopes(role: Role) -> None:
    for scope, acts in SCOPES.items():
        program = somebody(role, scopes=frozenset({scope}))
        for act in ACT_NAMES:
            assert may(program, act, "mine") == (act == OPEN or (act in acts and role in ACTS[act]))
    assert not may(somebody(role, scopes=frozenset()), "use an own account")


def test_nobody_gives_more_than_they_hold() -> None:
    assert may_grant(somebody("employer"), "employer", "mine")
    assert not may_grant(somebody("employer"), "employer", "another")
    assert not may_grant(somebody("employer"), "counsellor", "mine")
    assert not may_grant(somebody("counsellor"), "counsellor", "mine")
    assert may_grant(somebody("structure_manager"), "counsellor", "mine")
    assert not may_grant(somebody("structure_manager"), "territory_manager", "mine")
    assert may_grant(somebody("territory_manager"), "structure_manager", "another")
    assert not may_grant(somebody("territory_manager"), "administrator", "another")
    assert not may_grant(somebody("territory_manager"), "administrator", "mine")
    assert may_grant(somebody("administrator"), "administrator", "another")
