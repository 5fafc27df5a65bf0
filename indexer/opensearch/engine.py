"""The port, on several machines: `indexer.engine.SearchEngine` over an OpenSearch cluster."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import islice
from typing import Any, Final

from indexer.document import DOCUMENT_VERSION, OptionDocument
from indexer.engine import EngineStatus, EngineUnavailable, Page, Suggestion, Window
from indexer.opensearch.address import Address
from indexer.opensearch.answers import count_request, page_request, read_count, read_document, read_page
from indexer.opensearch.client import Client, lines, refusal
from indexer.opensearch.fresh import Filling, count_in_force, filling
from indexer.opensearch.indices import Indices
from indexer.opensearch.suggestions import beginnings, read_suggestions, suggest_request
from indexer.opensearch.walk import walk
from indexer.opensearch.words import candidates, doubtful, known, near_words
from indexer.opensearch.writer import Writer
from indexer.query import Query
from indexer.table import Table
from indexer.tabulation import tabulate
from indexer.text_plan import Mended

#: Documents fetched at once by id.
_FETCHED: Final = 1_000

Request = dict[str, Any]
Response = Mapping[str, Any]


class OpenSearchEngine:
    """A `SearchEngine` over a cluster, safe among threads; several processes may write. Connects at the first
    request. An alias that does not exist is an empty index."""

    def __init__(self, address: Address) -> None:
        self._client = Client(address)
        self._indices = Indices(self._client, address.prefix)
        self._writer = Writer(self._client, address.prefix)

    def search(self, query: Query, *, limit: int, offset: int = 0) -> Page:
        """As `SearchReader.search`. Past `MAX_WINDOW` a page has no hits."""
        return self.search_many([Window(query=query, limit=limit, offset=offset)])[0]

    def search_many(self, windows: Sequence[Window]) -> list[Page]:
        """As `SearchReader.search_many`."""
        queries = [window.query for window in windows]
        responses = self._ask(queries, lambda which, mended: page_request(windows[which], mended))
        return [read_page(query, response) for query, response in zip(queries, responses, strict=True)]

    def count(self, queries: Sequence[Query]) -> list[int]:
        """As `SearchReader.count`."""
        responses = self._ask(queries, lambda which, mended: count_request(queries[which], mended))
        return [read_count(response) for response in responses]

    def table(self, windows: Sequence[Window]) -> Table:
        """As `SearchReader.table`, from the documents, which come in one round trip."""
        return tabulate(self.search_many(windows))

    def get(self, ids: Iterable[str]) -> dict[str, OptionDocument]:
        """As `SearchReader.get`; finds what was put even before a refresh."""
        self._indices.check()
        found: dict[str, OptionDocument] = {}
        wanted = iter(dict.fromkeys(ids))
        while some := list(islice(wanted, _FETCHED)):
            told = self._client.read("POST", f"/{self._indices.alias}/_mget", {"ids": some}) or {"docs": []}
            read = ((hit["_id"], read_document(hit)) for hit in told["docs"])
            found |= {option_id: document for option_id, document in read if document is not None}
        return found

    def suggest(self, typed: str, *, limit: int) -> list[Suggestion]:
        """As `SearchReader.suggest`."""
        starts = beginnings(typed)
        if not starts or limit <= 0:
            return []
        self._indices.check()
        return read_suggestions(self._search([suggest_request(starts, limit)])[0])

    def versions(self) -> Iterator[tuple[str, int]]:
        """As `SearchReader.versions`."""
        self._indices.check()
        return walk(self._client, self._indices.alias)

    def exists(self) -> bool:
        """As `SearchReader.exists`."""
        return self._indices.in_service() is not None

    def status(self) -> EngineStatus:
        """As `SearchReader.status`."""
        name = self._indices.in_service()
        if name is None:
            documents, size = 0, 0
        else:
            documents = count_in_force(self._client.read, name)
            told = self._client.read("GET", f"/{name}/_stats/store")
            size = int(told["indices"][name]["primaries"]["store"]["size_in_bytes"])
        return EngineStatus(
            name="opensearch", documents=documents, size_bytes=size, document_version=DOCUMENT_VERSION
        )

    def put(self, documents: Iterable[OptionDocument]) -> None:
        """As `SearchEngine.put`."""
        self._indices.ensure()
        self._writer.put(documents)

    def delete(self, versions: Mapping[str, int]) -> None:
        """As `SearchEngine.delete`."""
        if versions:
            self._indices.ensure()
            self._writer.delete(versions)

    def refresh(self) -> None:
        """As `SearchEngine.refresh`."""
        self._indices.refresh(self._indices.alias)

    def fresh_index(self, *, force: bool = False) -> AbstractContextManager[Filling]:
        """As `SearchEngine.fresh_index`. What is written meanwhile to the index in service is copied."""
        return filling(self._client, self._indices, force=force)

    def close(self) -> None:
        """As `SearchEngine.close`."""
        self._client.close()

    def _ask(self, queries: Sequence[Query], request: Callable[[int, Mended], Request]) -> list[Response]:
        """The answer to each question, in one round trip unless a word typed is nowhere in the index."""
        if not queries:
            return []
        self._indices.check()
        doubts = [doubtful(query) for query in queries]
        asked = [request(which, {}) for which in range(len(queries))]
        for body, terms in zip(asked, doubts, strict=True):
            if terms:
                body["suggest"] = near_words(terms.values())
        answers = self._search(asked)
        mended = self._mend(doubts, answers)
        again = [which for which, terms in enumerate(doubts) if mended.keys() & terms.keys()]
        if again:
            better = self._search([request(which, mended) for which in again])
            for which, answer in zip(again, better, strict=True):
                answers[which] = answer
        return answers

    def _mend(self, doubts: Sequence[Mapping[str, Any]], answers: Sequence[Response]) -> Mended:
        """By word that the index does not know in any form, what its nearest words say."""
        mended = {}
        terms = {}
        for wanted, answer in zip(doubts, answers, strict=True):
            for word, [told] in answer.get("suggest", {}).items():
                near = candidates(wanted[word], (option["text"] for option in told["options"]))
                if near:
                    mended[word], terms[word] = near, wanted[word]
        if not mended:
            return {}
        probes = [_probe(known(terms[word])) for word in mended]
        held = self._search(probes)
        return {
            word: near
            for (word, near), answer in zip(mended.items(), held, strict=True)
            if not answer["hits"]["hits"]
        }

    def _search(self, requests: Sequence[Request]) -> list[Response]:
        """Several searches in one round trip; an index that does not exist finds nothing."""
        header = {"index": self._indices.alias, "ignore_unavailable": True}
        body = lines(*(line for request in requests for line in (header, request)))
        told = self._client.read("POST", "/_msearch", body)
        return [_whole(response) for response in told["responses"]]


def _probe(clause: Request) -> Request:
    """Whether anything satisfies a clause."""
    return {"query": clause, "size": 1, "_source": False, "terminate_after": 1, "track_total_hits": False}


def _whole(response: Response) -> Response:
    """A response, unless a part of the index did not answer. Raises EngineUnavailable."""
    if "error" in response:
        raise refusal(int(response["status"]), str(response["error"].get("type")))
    if response["_shards"]["failed"] or response["timed_out"]:
        raise EngineUnavailable("a part of the index did not answer")
    return response
