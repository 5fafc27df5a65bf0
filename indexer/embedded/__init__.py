"""The engine of one machine: tantivy keeps documents and finds words, numpy answers everything else.

generations   folders on disk: the pointer, the stamp, the locks
codec         a document to bytes and back
shape         the tantivy schema; a document to what tantivy stores of it
columns       what every question is answered from, in memory
view          an index as of one commit
words         a text to the documents that satisfy it, and how strongly
filters       masks of a question's conditions
answers       a question to its page
writer        puts and deletions, by version
engine        the port
"""

from indexer.embedded.engine import EmbeddedEngine

__all__ = ["EmbeddedEngine"]
