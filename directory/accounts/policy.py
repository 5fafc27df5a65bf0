"""Who may do what, in one place. Nothing is allowed that no line here allows.

`ACTS` says which roles may do an act at all; where an act touches something that belongs to an organisation,
its owner is given too, and only members of that organisation (or a role of the whole territory) may.
The doors ask by route (`directory.web.access`, `directory.api.access`); a test walks every route and role.
"""

from typing import Final, Literal, get_args

from directory.accounts.errors import NotAllowed
from directory.accounts.principal import ROLES, Principal, Role

Act = Literal[
    "read the directory",  # everybody, logged in or not
    "use an own account",  # whoever is logged in
    "offer slots",  # employers: own establishments, slots, requests
    "answer bookings",
    "ask for a booking",  # counsellors
    "follow bookings",
    "verify establishments",
    "prospect companies",
    "edit own structure",
    "edit trainings",
    "moderate the inventory",
    "weigh the ranking",
    "invite members",
    "manage accounts",
    "read the audit trail",
]
ACT_NAMES: Final[tuple[Act, ...]] = get_args(Act)

EVERYBODY: Final[frozenset[Role]] = frozenset(ROLES)
_ADMIN: Final[Role] = "administrator"

ACTS: Final[dict[Act, frozenset[Role]]] = {
    "read the directory": EVERYBODY,
    "use an own account": EVERYBODY,
    "offer slots": frozenset({"employer"}),
    "answer bookings": frozenset({"employer"}),
    "ask for a booking": frozenset({"counsellor"}),
    "follow bookings": frozenset({"counsellor", "structure_manager"}),
    "verify establishments": frozenset({"counsellor", "territory_manager", _ADMIN}),
    "prospect companies": frozenset({"counsellor", "structure_manager", "territory_manager", _ADMIN}),
    "edit own structure": frozenset({"structure_manager", "territory_manager", _ADMIN}),
    "edit trainings": frozenset({"structure_manager", "territory_manager", _ADMIN}),
    "moderate the inventory": frozenset({"territory_manager", _ADMIN}),
    "weigh the ranking": frozenset({_ADMIN}),
    "invite members": frozenset({"employer", "structure_manager", "territory_manager", _ADMIN}),
    "manage accounts": frozenset({_ADMIN}),
    "read the audit trail": frozenset({_ADMIN}),
}

#: Roles that act on what belongs to others, for those acts: the rest act on their own organisation's only.
WHOLE_TERRITORY: Final[dict[Role, frozenset[Act]]] = {
    "territory_manager": frozenset(
        {
            "verify establishments",
            "prospect companies",
            "edit own structure",
            "edit trainings",
            "moderate the inventory",
        }
    ),
    "administrator": frozenset(ACT_NAMES)
    - {"offer slots", "answer bookings", "ask for a booking", "follow bookings"},
    "counsellor": frozenset({"verify establishments", "prospect companies"}),
}

#: What a program with a token may do, by scope.
SCOPES: Final[dict[str, frozenset[Act]]] = {
    "inventory:write": frozenset({"edit own structure", "edit trainings"}),
    "immersions:write": frozenset({"offer slots"}),
    "bookings:write": frozenset({"ask for a booking", "follow bookings"}),
    "bookings:answer": frozenset({"answer bookings"}),
}

#: Acts that nobody needs a role for.
_OPEN: Final[frozenset[Act]] = frozenset({"read the directory"})


def may(who: Principal, act: Act, owner: str | None = None) -> bool:
    """Whether somebody may do an act; on what belongs to the organisation `owner`, when it belongs to one."""
    if act in _OPEN:
        return True
    if not _within_scopes(who, act):
        return False
    if act == "use an own account":
        return who.is_known
    return any(
        one.role in ACTS[act]
        and (owner is None or owner == one.organisation_id or act in WHOLE_TERRITORY.get(one.role, ()))
        for one in who.members
    )


def require(who: Principal, act: Act, owner: str | None = None) -> None:
    """Raises NotAllowed."""
    if not may(who, act, owner):
        raise NotAllowed("votre compte ne permet pas cela", act=act)


def may_grant(who: Principal, role: Role, organisation_id: str) -> bool:
    """Whether somebody may give a role in an organisation: in one's own, a role one holds there or a humbler
    one; administrators any."""
    if "administrator" in who.roles:
        return True
    grants: dict[Role, frozenset[Role]] = {
        "employer": frozenset({"employer"}),
        "structure_manager": frozenset({"structure_manager", "counsellor"}),
        "territory_manager": frozenset({"territory_manager", "structure_manager", "counsellor", "employer"}),
    }
    member = who.member_of(organisation_id)
    if member is None:
        return "territory_manager" in who.roles and role not in {"territory_manager", "administrator"}
    return role in grants.get(member.role, frozenset())


def _within_scopes(who: Principal, act: Act) -> bool:
    return who.scopes is None or any(act in SCOPES.get(scope, ()) for scope in who.scopes)
