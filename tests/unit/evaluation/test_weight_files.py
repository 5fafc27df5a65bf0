"""Weights as a file."""

import pytest

from matching.errors import InvalidWeights
from matching.weight_files import read_weights, write_weights
from matching.weights import DEFAULT_WEIGHTS


def test_what_a_file_leaves_out_keeps_its_packaged_weight() -> None:
    read = read_weights('version = "drome-1"\n[weights]\nreachable = 7\n', name="w.toml")
    assert (read.version, read.of("reachable")) == ("drome-1", 7.0)
    assert read.of("answers_need") == DEFAULT_WEIGHTS.of("answers_need")


def test_weights_written_read_again_the_same() -> None:
    read = read_weights(write_weights(DEFAULT_WEIGHTS), name="w.toml")
    assert (read.version, dict(read.values)) == (DEFAULT_WEIGHTS.version, dict(DEFAULT_WEIGHTS.values))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("version = ", "TOML"),
        ("[weights]\nreachable = 1", "version"),
        ('version = "1"', "weights"),
        ('version = "1"\n[weights]\nreach = 1', "« reach » n'est pas une règle"),
        ('version = "1"\n[weights]\nreachable = -1', "reachable : un nombre"),
        ('version = "1"\n[weights]\nreachable = true', "reachable : un nombre"),
        ('version = "1"\nwieghts = 3\n[weights]\n', "« wieghts » n'est pas attendu"),
    ],
)
def test_a_file_that_is_wrong_says_how(text: str, said: str) -> None:
    with pytest.raises(InvalidWeights, match=said):
        read_weights(text, name="w.toml")
