"""The search without an index, over the rows themselves: what answers while the engine is away.

SQL finds candidates by theme, place and name, a bounded number of them; each becomes the document the index
would hold, and is judged as a question means it (`indexer.judging`). So nothing is found that should not be,
and what is withheld stays withheld; what may be missing is said (`RowSearch.capped`).

holdings      how the tables hold each field of a question, on either database
names         words to patterns that SQL can look for in a name
candidates    a question to statements that find rows which may answer it
naming        names completed as they are typed
patience      a statement ended when a reader has waited enough
rows          the port
"""

from directory.inventory.reduced.rows import RowSearch

__all__ = ["RowSearch"]
