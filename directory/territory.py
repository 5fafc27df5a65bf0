"""What a territory decides for itself, in files of its own: what each item of the method leads to, how much
each rule of the ranking counts."""

from pathlib import Path

from matching.diagnostic.mapping import Mapping, default_mapping, read_mapping
from matching.errors import InvalidMapping, InvalidWeights
from matching.weight_files import read_weights
from matching.weights import DEFAULT_WEIGHTS, Weights


def load_mapping(file: Path | None) -> Mapping:
    """The territory's mapping, or the packaged one. Raises InvalidMapping with every fault, and OSError."""
    if file is None:
        return default_mapping()
    try:
        return read_mapping(file.read_text("utf-8"))
    except UnicodeDecodeError as error:
        raise InvalidMapping(["le fichier n’est pas écrit en UTF-8"], source=str(file)) from error
    except InvalidMapping as error:
        raise InvalidMapping(list(error.faults), source=str(file)) from error


def load_weights(file: Path | None) -> Weights:
    """The territory's published weights, or the packaged ones. Raises InvalidWeights with every fault, and
    OSError."""
    if file is None:
        return DEFAULT_WEIGHTS
    try:
        return read_weights(file.read_text("utf-8"), name=str(file))
    except UnicodeDecodeError as error:
        raise InvalidWeights(str(file), ["le fichier n’est pas écrit en UTF-8"]) from error
