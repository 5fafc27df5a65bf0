"""Who asks: the one value that pages, API and verbs are given. Rows of people never leave `accounts`."""

from dataclasses import dataclass
from typing import Final, Literal, get_args

Role = Literal["counsellor", "employer", "structure_manager", "territory_manager", "administrator"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)

#: What a role is called on a page.
ROLE_LABELS: Final[dict[Role, str]] = {
    "counsellor": "conseiller ou conseillère",
    "employer": "employeur",
    "structure_manager": "responsable de structure",
    "territory_manager": "responsable du territoire",
    "administrator": "administration",
}

#: Roles that see people's first names or everybody's rows: they prove who they are twice.
TWICE: Final[frozenset[Role]] = frozenset(
    {"counsellor", "structure_manager", "territory_manager", "administrator"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A role in an organisation, in force now."""

    organisation_id: str
    organisation: str
    kind: str
    role: Role
    siret: str | None = None
    structure_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """Somebody logged in (or nobody: `id` is None), with the memberships in force at this moment.

    `scopes` is set for a program that showed a token: it may do that and nothing else.
    """

    id: str | None = None
    nom: str = ""
    courriel: str = ""
    members: tuple[Member, ...] = ()
    visit_id: str | None = None
    means: str = ""
    scopes: frozenset[str] | None = None

    @property
    def is_known(self) -> bool:
        """Whether somebody is logged in."""
        return self.id is not None

    @property
    def roles(self) -> frozenset[Role]:
        """Every role held somewhere."""
        return frozenset(one.role for one in self.members)

    def organisations(self, *roles: Role) -> tuple[Member, ...]:
        """The memberships with one of those roles (any, when none is named)."""
        return tuple(one for one in self.members if not roles or one.role in roles)

    def member_of(self, organisation_id: str) -> Member | None:
        """The membership in that organisation, when there is one."""
        return next((one for one in self.members if one.organisation_id == organisation_id), None)


NOBODY: Final = Principal()
