"""The one place that wires: settings in, everything that holds a connection out, made when first asked.

`create_app` and the command line build a `Jalon` and hand its parts down; nothing else makes clients.
"""

from dataclasses import replace
from datetime import date
from functools import cached_property, partial
from pathlib import Path

import structlog

from directory.accounts.oidc import Provider
from directory.accounts.seals import Vault
from directory.clock import Clock, system_clock, today_in_paris
from directory.config import Settings
from directory.database import Database, Use, open_database
from directory.inventory.reduced import RowSearch
from directory.mail.sender import Postman
from directory.reading import Reading
from directory.territory import load_mapping, load_weights
from indexer.backends import open_engine
from indexer.breaker import Breaker, State
from indexer.engine import SearchEngine
from indexer.guard import Guarded
from indexer.reference.communes import Communes, load_communes
from indexer.reference.geocoding import Geocoder
from indexer.reference.occupations import Occupations
from indexer.reference.rome_files import load_occupations
from indexer.reference.rural import read_rural
from indexer.waiting import Waiting
from matching.diagnostic.mapping import Mapping
from matching.match import Matcher
from matching.routers import open_router
from matching.weights import Weights

LOG = structlog.get_logger("jalon.engine")


def _tell_engine(state: State) -> None:
    """Said once each time it changes, not once a page."""
    if state == "open":
        LOG.warning("engine away", answering="rows")
    elif state == "closed":
        LOG.warning("engine back")


class Jalon:
    """The parts of a running Jalon. Each is made at first use and kept. `use`: of the database."""

    def __init__(self, settings: Settings, clock: Clock = system_clock, use: Use | None = None) -> None:
        self.settings = settings
        self.clock = clock
        self._use = use

    def today(self) -> date:
        """The day it is in France."""
        return today_in_paris(self.clock)

    def close(self) -> None:
        """Give back the connections and files of the parts that were made. Harmless when repeated."""
        for part in ("waiting", "guarded"):  # they ask the two others, from threads of their own
            if part in self.__dict__:
                self.__dict__.pop(part).close()
        for part in ("engine", "database"):
            if part in self.__dict__:
                self.__dict__[part].close()

    @cached_property
    def database(self) -> Database:
        """The rows. Raises what `open_database` raises."""
        self.settings.data_dir.mkdir(parents=True, exist_ok=True)
        return open_database(self.settings.sql_url, self._use)

    @cached_property
    def engine(self) -> SearchEngine:
        """The index; on the embedded default the writer is only taken by who writes."""
        return open_engine(self.settings.search_url, data_dir=self.settings.data_dir)

    @cached_property
    def guarded(self) -> Guarded:
        """The index asked with care, for pages: soon an answer, or soon an error."""
        elsewhere = not self.settings.search_url.startswith("embedded:")
        seconds = self.settings.search_seconds if elsewhere else None
        return Guarded(self.engine, Breaker(on_change=_tell_engine), seconds=seconds)

    @cached_property
    def waiting(self) -> Waiting:
        """For who asks the database how it is: a second, and no more than two at once."""
        return Waiting(1.0, most=2)

    def reading(self) -> Reading:
        """What one request reads with."""
        return Reading(self.guarded, partial(RowSearch, self.database.sessions), self.clock)

    @cached_property
    def communes(self) -> Communes:
        """The communes of France, and which are in FRR zones where a list is given. Raises UnreadableList."""
        rural = self.settings.rural_communes
        return load_communes().with_rural(read_rural(Path(rural))) if rural else load_communes()

    @cached_property
    def occupations(self) -> Occupations:
        """Occupations: the few dozen shipped, or France Travail's files where a folder is set."""
        folder = self.settings.occupations_dir
        return load_occupations(Path(folder) if folder else None)

    @cached_property
    def geocoder(self) -> Geocoder:
        """Street addresses, never in the way."""
        return Geocoder(self.communes, url=self.settings.geocoder_url, timeout=self.settings.geocoder_timeout)

    @cached_property
    def vault(self) -> Vault:
        """Seals second factors and marks attempts, with the house's keys."""
        return Vault.of(self.settings.secret(), self.settings.secret_key_fallbacks)

    @cached_property
    def postman(self) -> Postman | None:
        """Hands mails over; None where no mail server is set: they wait in their table."""
        if not self.settings.smtp_url:
            return None
        return Postman(
            url=self.settings.smtp_url,
            sender=self.settings.mail_from,
            writing=self.database.writing,
            clock=self.clock,
        )

    @cached_property
    def provider(self) -> Provider | None:
        """ProConnect, where it is set."""
        wanted = self.settings
        if not (wanted.proconnect_url and wanted.proconnect_client_id):
            return None
        return Provider(
            wanted.proconnect_url,
            wanted.proconnect_client_id,
            wanted.proconnect_client_secret,
            clock=lambda: self.clock().timestamp(),
        )

    @cached_property
    def mapping(self) -> Mapping:
        """What each item of the diagnostic leads to: the territory's own file, or the packaged one. Raises
        InvalidMapping with every fault."""
        return load_mapping(Path(self.settings.mapping) if self.settings.mapping else None)

    @cached_property
    def weights(self) -> Weights:
        """How much each rule counts: what the territory published, or the packaged ones. Raises
        InvalidWeights with every fault."""
        return load_weights(Path(self.settings.weights) if self.settings.weights else None)

    @cached_property
    def matcher(self) -> Matcher:
        """What every match stands on: this house's index, communes, mapping and weights."""
        return Matcher(
            engine=self.engine,
            communes=self.communes,
            mapping=self.mapping,
            weights=self.weights,
            router=open_router(self.settings.router_url),
        )

    def matcher_of(self, reading: Reading) -> Matcher:
        """The same, over what one request reads with."""
        return replace(self.matcher, engine=reading)
