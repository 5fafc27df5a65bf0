"""The engine of one machine: tantivy keeps documents and finds words, numpy answers everything else.

generations   folders on disk: the pointer, the stamp, the locks
durable       files that are whole or not there
codec         a document to bytes and back
shape         the tantivy schema; a document to what tantivy stores of it
growing       the arrays columns are made of
columns       what every question is answered from, in memory
checkpoint    columns saved beside a generation
view          an index as of one commit
words         a text to the documents that satisfy it, and how strongly
filters       masks of a question's conditions
answers       a question to its page
suggestions   names completed as they are typed
writer        puts and deletions, by version
fresh         a new generation filled and put in service
engine        the port
"""

from indexer.embedded.engine import EmbeddedEngine

__all__ = ["EmbeddedEngine"]
