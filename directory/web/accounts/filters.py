"""What templates of accounts say: roles, moments, QR codes."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

import segno
from markupsafe import Markup

from directory.accounts.principal import ROLE_LABELS
from directory.clock import PARIS
from directory.words import day


def moment(value: datetime) -> str:
    """A moment as people say it in France."""
    here = value.astimezone(PARIS)
    return f"{day(here.date())} à {here.hour} h {here.minute:02d}"


def qr(text: str) -> Markup:
    """A QR code as SVG within the page: no style in it, no request for it."""
    made = segno.make(text, error="m")
    return Markup(made.svg_inline(scale=4, border=2, omitsize=True))  # noqa: S704  (segno's own drawing)


FILTERS: Final[Mapping[str, Callable[..., str]]] = {
    "role": lambda role: ROLE_LABELS.get(role, str(role)),
    "moment": moment,
    "qr": qr,
}
