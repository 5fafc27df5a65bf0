"""What the pages of accounts read alike: where to go next, which machine asks, what a fault says."""

from urllib.parse import urlsplit

from flask import request

from directory.words import full_sentence


def safe_next() -> str:
    """The page asked for before logging in, when it is one of ours; empty otherwise (no open redirection)."""
    asked = request.values.get("suite", "")[:500]
    parts = urlsplit(asked)
    is_ours = (
        asked.startswith("/")
        and not asked.startswith(("//", "/\\"))
        and not parts.scheme
        and not parts.netloc
    )
    return asked if is_ours and asked.isprintable() and "\\" not in asked else ""


def machine() -> str:
    """The machine that asks, for counting tries; kept only as a keyed digest."""
    return request.remote_addr or ""


def told(error: Exception) -> str:
    """A fault as a sentence."""
    return full_sentence(str(error))
