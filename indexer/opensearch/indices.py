"""The index in service behind its alias, and those beside it.

    PREFIX                        the alias that everybody reads and writes
    PREFIX-v1-20261124093000-ab12cd    an index: the document's version, when it was begun
    PREFIX-v1-…-filling           the alias of an index being filled

Nothing is ever written but to an alias that must exist, so that a name mistaken or gone never makes an index
of guessed fields.
"""

import re
import time
from contextlib import suppress
from datetime import UTC, datetime
from threading import Lock
from typing import Any, Final
from uuid import uuid4

from indexer.document import DOCUMENT_VERSION
from indexer.engine import EngineUnavailable, IndexOutdated
from indexer.opensearch.client import Client, lines
from indexer.opensearch.mapping import IN_SERVICE, MAPPING, STAMP, settings
from indexer.opensearch.relevance import warming

#: How long what is behind the alias is believed: a rebuild by a newer version shows within it.
TRUSTED_SECONDS: Final = 5.0
#: Long enough for a copy of the new index to be made; without one it comes into service all the same.
_COPY_SECONDS: Final = 30
#: Asked so many times under different names, either copy of the one shard has most likely been asked.
_MOST_COPIES: Final = 4


class Indices:
    """The indexes of one prefix. Safe among threads."""

    def __init__(self, client: Client, prefix: str) -> None:
        self._client = client
        self.alias = prefix
        self._ours = re.compile(rf"{re.escape(prefix)}-v\d+-\d{{14}}-[0-9a-f]{{6}}")
        self._trusted_until = 0.0
        self._lock = Lock()

    def check(self) -> None:
        """Raises IndexOutdated when the index in service was made in another format. Looks rarely."""
        if time.monotonic() >= self._trusted_until:
            self.in_service()
            self._trusted_until = time.monotonic() + TRUSTED_SECONDS

    def in_service(self) -> str | None:
        """The index behind the alias, None before the first. Raises IndexOutdated, EngineUnavailable."""
        told = self._client.read("GET", f"/{self.alias}/_mapping") or {}
        for name, index in told.items():
            made = index["mappings"].get("_meta")
            if made != STAMP:
                raise IndexOutdated("index was made in another format", made=made, wanted=STAMP)
            if name == self.alias or len(told) > 1:
                raise EngineUnavailable("the alias must name one index of ours", alias=self.alias)
            return str(name)
        return None

    def ensure(self) -> None:
        """Make the first index, when there is none. Two may try at once: one index comes of it."""
        with self._lock:
            if self.in_service() is None:
                # The same name for whoever comes first: the second is refused, and finds it made.
                first = f"{self.alias}-v{DOCUMENT_VERSION}-{'0' * 14}-{'0' * 6}"
                if not self._exists(first):
                    self._create(first, self.alias, filling=False)
                    self.warm(first)

    def create(self) -> str:
        """A new index to fill, out of service, behind its own alias."""
        begun = datetime.now(UTC).strftime("%Y%m%d%H%M%S")
        name = f"{self.alias}-v{DOCUMENT_VERSION}-{begun}-{uuid4().hex[:6]}"
        self._create(name, filling_alias(name), filling=True)
        return name

    def make_ready(self, name: str) -> None:
        """Settings of an index in service, and a copy where there is a second node."""
        self._client.work("PUT", f"/{name}/_settings", {"index": IN_SERVICE})
        self.refresh(name)
        try:
            # In the path: the library keeps a parameter of that name for itself.
            patience = f"wait_for_status=green&timeout={_COPY_SECONDS}s"
            self._client.work("GET", f"/_cluster/health/{name}?{patience}")
        except EngineUnavailable as error:
            if error.facts.get("status") != 408:
                raise

    def warm(self, name: str) -> None:
        """Have each copy compile what readers will ask of it. What fails here costs the first of them a
        moment, no more."""
        questions = warming(datetime.now(UTC).date())
        for copy in range(_MOST_COPIES):
            # A name leads to a copy, always the same.
            header = {"index": name, "preference": f"warm-{copy}"}
            body = lines(*(line for question in questions for line in (header, question)))
            with suppress(EngineUnavailable):
                self._client.work("POST", "/_msearch", body)

    def swap(self, name: str) -> str | None:
        """Put an index in service in the place of the one that is, at once; the one that was."""
        before = self._behind_alias()
        actions: list[dict[str, Any]] = [{"remove": {"index": old, "alias": self.alias}} for old in before]
        actions += [
            {"add": {"index": name, "alias": self.alias}},
            {"remove": {"index": name, "alias": filling_alias(name)}},
        ]
        self._client.work("POST", "/_aliases", {"actions": actions})
        self._trusted_until = 0.0
        return before[0] if before else None

    def sweep(self, *keep: str | None) -> None:
        """Delete our indexes that are neither in service nor to keep: left by rebuilds that died, or two
        rebuilds old."""
        told = self._client.work("GET", f"/{self.alias}-v*/_alias") or {}
        kept = {*self._behind_alias(), *keep}
        for name in told:
            if self._ours.fullmatch(name) and name not in kept:
                self.delete(name)

    def delete_all(self) -> None:
        """Delete every index of ours, the one in service too."""
        for name in self._client.work("GET", f"/{self.alias}-v*/_alias") or {}:
            if self._ours.fullmatch(name):
                self.delete(name)

    def delete(self, name: str) -> None:
        """Delete an index; one that is gone is fine."""
        self._client.work("DELETE", f"/{name}")

    def refresh(self, name: str) -> None:
        """What was written to it is found from now on."""
        self._client.work("POST", f"/{name}/_refresh")

    def checkpoint(self, name: str) -> int:
        """The last write up to which every one is done; -1 before the first."""
        told = self._client.work("GET", f"/{name}/_stats", level="shards")
        copies = told["indices"][name]["shards"]["0"]
        return max(int(copy["seq_no"]["local_checkpoint"]) for copy in copies)

    def _behind_alias(self) -> list[str]:
        told = self._client.work("GET", f"/_alias/{self.alias}") or {}
        return sorted(name for name, index in told.items() if self.alias in index.get("aliases", {}))

    def _exists(self, name: str) -> bool:
        return self._client.work("GET", f"/{name}/_alias") is not None

    def _create(self, name: str, alias: str, *, filling: bool) -> None:
        body = {"settings": settings(filling=filling), "mappings": MAPPING, "aliases": {alias: {}}}
        try:
            self._client.work("PUT", f"/{name}", body)
        except EngineUnavailable as error:
            if error.facts.get("kind") != "resource_already_exists_exception":
                raise


def filling_alias(name: str) -> str:
    """What an index being filled is written through."""
    return f"{name}-filling"
