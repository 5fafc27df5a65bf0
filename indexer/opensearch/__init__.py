"""The engine of several machines: an OpenSearch index answers what `indexer.embedded` answers on one.

address       what a search address says: hosts, user, prefix
client        requests, and a vendor's errors in our words
mapping       fields and settings of an index, and the stamp of what it was made with
shape         a document to what is stored of it
conditions    filters to clauses
words         texts to clauses, and typos
relevance     scores and orders
counts        facets, and what is on site or remote
answers       a question to its request, a response to its page
suggestions   names that complete what is typed
indices       the index in service behind its alias
writer        puts and deletions, by version
fresh         a new index put in the place of the old
walk          every id and version
engine        the port

All but `client` and the last six are pure functions. Tokens, stored bytes and the strength of words are those
of the embedded engine, so that both find, count and order alike; what may still differ is bounded and told in
`tests/engines/test_parity.py`.
"""

from indexer.opensearch.engine import OpenSearchEngine

__all__ = ["OpenSearchEngine"]
