"""Letters: a subject, some plain sentences, at most one thing to do, as text and as HTML any reader shows.

No image, no tracking, no style sheet: an address that can be read is the address that is followed.
"""

from dataclasses import dataclass
from html import escape
from typing import Final

SIGNATURE: Final = (
    "Jalon, l’annuaire des solutions d’insertion. Ce message est envoyé par un programme : n’y répondez pas."
)
_BUTTON: Final = (
    "display:inline-block;padding:12px 20px;background:#1d4f8c;color:#ffffff;"
    "text-decoration:none;border-radius:6px"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is written. `action` is (what it does, its address); `after` comes below it; `calendar` is an
    iCalendar text sent along."""

    subject: str
    paragraphs: tuple[str, ...]
    action: tuple[str, str] | None = None
    after: tuple[str, ...] = ()
    calendar: str | None = None

    def __post_init__(self) -> None:
        if "\n" in self.subject or "\r" in self.subject:
            raise ValueError("a subject is one line")

    def text(self) -> str:
        """The letter for a reader of plain text."""
        parts = [*self.paragraphs]
        if self.action:
            parts.append(f"{self.action[0]} :\n{self.action[1]}")
        return "\n\n".join([*parts, *self.after, f"-- \n{SIGNATURE}"]) + "\n"

    def html(self) -> str:
        """The letter for the others, everything in it escaped."""
        body = [_paragraph(one) for one in self.paragraphs]
        if self.action:
            label, address = (escape(one) for one in self.action)
            body.append(f'<p><a href="{address}" style="{_BUTTON}">{label}</a></p>')
            body.append(f"<p>Si le bouton ne marche pas, recopiez cette adresse :<br>{address}</p>")
        body += [_paragraph(one) for one in self.after]
        return (
            '<!DOCTYPE html>\n<html lang="fr"><head><meta charset="utf-8">'
            f"<title>{escape(self.subject)}</title></head>\n"
            '<body style="font-family:sans-serif;font-size:16px;line-height:1.5;max-width:38em">\n'
            + "\n".join(body)
            + f'\n<p style="color:#555555">{escape(SIGNATURE)}</p>\n</body></html>\n'
        )


def _paragraph(text: str) -> str:
    return "<p>" + "<br>".join(escape(line) for line in text.split("\n")) + "</p>"
