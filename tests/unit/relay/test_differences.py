"""Two sorted lists of versions walked together, against what sets say."""

from hypothesis import given
from hypothesis import strategies as st

from indexer.drift import Drift, _differences

VERSIONS = st.dictionaries(st.text(max_size=3), st.integers(1, 3), max_size=12)


@given(VERSIONS, VERSIONS)
def test_what_differs_is_what_one_side_has_alone_or_otherwise(
    stored: dict[str, int], found: dict[str, int]
) -> None:
    drift = Drift()
    told = list(_differences(iter(sorted(stored.items())), iter(sorted(found.items())), drift))
    assert told == sorted(one for one in stored.keys() | found.keys() if stored.get(one) != found.get(one))
    assert drift.compared == len(stored)
