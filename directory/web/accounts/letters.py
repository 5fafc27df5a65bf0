"""What is written to people about their account."""

from directory.accounts.principal import ROLE_LABELS, Role
from directory.mail.letters import Letter


def sign_in(address: str) -> Letter:
    """A way in, asked for."""
    return Letter(
        subject="Votre lien pour entrer dans Jalon",
        paragraphs=(
            "Bonjour,",
            "Vous avez demandé à entrer dans Jalon. Ce lien sert une fois, pendant 30 minutes.",
        ),
        action=("Entrer dans Jalon", address),
        after=("Si vous n’avez rien demandé, ne faites rien : personne n’entre sans ce lien.",),
    )


def invitation(organisation: str, role: Role, address: str) -> Letter:
    """A place offered."""
    return Letter(
        subject=f"{organisation} vous invite dans Jalon",
        paragraphs=(
            "Bonjour,",
            f"{organisation} vous propose d’entrer dans Jalon comme {ROLE_LABELS[role]}.",
            "Jalon réunit services, immersions et formations du territoire, et les classe pour une personne.",
            "Ce lien sert une fois, pendant sept jours.",
        ),
        action=("Accepter l’invitation", address),
        after=("Si vous ne connaissez pas cette organisation, ne faites rien.",),
    )


def join_request(organisation: str, nom: str, address: str) -> Letter:
    """Somebody asks to be let in."""
    return Letter(
        subject=f"{nom} demande à rejoindre {organisation}",
        paragraphs=(
            "Bonjour,",
            f"{nom} demande à gérer avec vous les offres de {organisation}. Vous seuls pouvez l’accepter.",
        ),
        action=("Répondre à la demande", address),
    )


def join_answer(organisation: str, accepted: bool, address: str) -> Letter:
    """The answer to who asked."""
    if not accepted:
        return Letter(
            subject=f"Votre demande pour {organisation}",
            paragraphs=(
                "Bonjour,",
                f"{organisation} n’a pas accepté votre demande. Voyez avec vos collègues.",
            ),
        )
    return Letter(
        subject=f"Vous faites partie de {organisation}",
        paragraphs=(
            "Bonjour,",
            f"Vous pouvez maintenant gérer les offres de {organisation} avec vos collègues.",
        ),
        action=("Entrer dans Jalon", address),
    )
