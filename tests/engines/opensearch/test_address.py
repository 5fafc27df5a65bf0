"""What a search address says, and what is refused with a reason."""

import pytest

from indexer.opensearch.address import parse_address


def test_a_whole_address_is_read() -> None:
    read = parse_address(
        "opensearch+https://me:p%40s%3As@one:9201,two,[::1]:9203/jalon-26?ca=/a/b.pem&timeout=0.5"
    )
    assert read.hosts == (("one", 9201), ("two", 9200), ("[::1]", 9203))
    assert (read.user, read.password, read.prefix, read.secure) == ("me", "p@s:s", "jalon-26", True)
    assert (read.ca_file, read.timeout_seconds) == ("/a/b.pem", 0.5)
    assert "p@s" not in repr(read)


def test_a_bare_address_takes_what_is_usual() -> None:
    read = parse_address("opensearch+http://search/jalon")
    assert read.hosts == (("search", 9200),)
    assert (read.user, read.password, read.secure, read.ca_file, read.timeout_seconds) == (
        None, None, False, None, 2.0,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://host/x", "commence par"),
        ("opensearch+http://me:secret@host", "préfixe"),
        ("opensearch+http://me:secret@host/Majuscule", "préfixe"),
        ("opensearch+http://me:secret@host/a/b", "préfixe"),
        ("opensearch+http://me:secret@host/*", "préfixe"),
        ("opensearch+http://me:secret@/x", "machines"),
        ("opensearch+http://me:secret@host:70000/x", "machines"),
        ("opensearch+http://me:secret@host,/x", "machines"),
        ("opensearch+http://me:secret@host/x?verify=no", "pas verify"),
        ("opensearch+http://me:secret@host/x?timeout=0", "timeout"),
        ("opensearch+http://me:secret@host/x?timeout=soon", "timeout"),
    ],
)
def test_a_wrong_address_is_refused_without_its_password(url: str, why: str) -> None:
    with pytest.raises(ValueError, match=why) as told:
        parse_address(url)
    assert "secret" not in str(told.value)
