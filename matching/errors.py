"""What matching raises.

MatchingError
├── InvalidProfile    the profile asked for cannot be read: every fault, field by field
└── InvalidMapping    a mapping file is wrong: every fault
"""


class MatchingError(Exception):
    """Base of what matching raises."""


class InvalidProfile(MatchingError):
    """`faults`: (field path, French sentence) pairs, all of them."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{field}: {sentence}" for field, sentence in faults))
        self.faults = tuple(faults)


class InvalidMapping(MatchingError):
    """`faults`: sentences, all of them."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = tuple(faults)
