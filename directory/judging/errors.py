"""What stops an evaluation.

DirectoryError
└── UnreadableCases    the folder of judged cases cannot be used, and why
"""

from directory.errors import DirectoryError


class UnreadableCases(DirectoryError):
    """Nothing was measured; the sentence says which file and what is wrong with it."""

    exit_code = 2
