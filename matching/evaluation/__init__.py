"""Judged, not believed: how good an order is, against what people said of each option.

Nothing here opens a file or a base: judgements are read from text, rankers are given as callables.

    qrels       what was judged             measures    nDCG and the like, of one ranker
    baselines   the orders of others        comparison  two rankers side by side, and how sure
    first_page  what the first ten hold     evaluate    all of it, for every ranker
"""
