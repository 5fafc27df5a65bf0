"""What matching raises.

MatchingError
├── InvalidProfile      the profile asked for cannot be read: every fault, field by field
├── InvalidDiagnostic   a diagnostic made elsewhere cannot be read: every fault, field by field
├── InvalidMapping      a mapping file is wrong: every fault
├── InvalidProgrammes   the rules of programmes are wrong: every fault
├── InvalidJudgements   a file of judgements is wrong: the first faults, line by line
└── InvalidWeights      a file of weights is wrong: every fault
"""


class MatchingError(Exception):
    """Base of what matching raises."""


class InvalidProfile(MatchingError):
    """`faults`: (field path, French sentence) pairs, all of them."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{field}: {sentence}" for field, sentence in faults))
        self.faults = tuple(faults)


class InvalidDiagnostic(MatchingError):
    """`faults`: (field path, French sentence) pairs, all of them."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{field}: {sentence}" for field, sentence in faults))
        self.faults = tuple(faults)


class InvalidMapping(MatchingError):
    """`faults`: sentences, all of them; `source`: the file they stand in, when it is known."""

    def __init__(self, faults: list[str], *, source: str = "") -> None:
        super().__init__("; ".join(faults))
        self.faults = tuple(faults)
        self.source = source


class InvalidProgrammes(MatchingError):
    """`faults`: sentences, all of them."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = tuple(faults)


class InvalidJudgements(MatchingError):
    """`faults`: sentences, the first of `count`."""

    def __init__(self, name: str, faults: list[str], count: int) -> None:
        more = f"\n  … et {count - len(faults)} autres" if count > len(faults) else ""
        super().__init__(f"{name} ne peut pas être lu :\n" + "\n".join(f"  {one}" for one in faults) + more)
        self.faults = tuple(faults)


class InvalidWeights(MatchingError):
    """`faults`: sentences, all of them; `source`: the file they stand in."""

    def __init__(self, name: str, faults: list[str]) -> None:
        super().__init__(f"{name} ne peut pas servir de poids :\n" + "\n".join(f"  {one}" for one in faults))
        self.faults = tuple(faults)
        self.source = name
