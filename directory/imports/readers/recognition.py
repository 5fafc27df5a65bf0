"""Which format a file is in: what it contains decides, its name only where the content may be either."""

from pathlib import Path
from typing import Final

from directory.imports.errors import UnreadableFile
from directory.imports.readers import parquet_rows, xlsx_rows
from directory.imports.readers.csv_rows import read_csv
from directory.imports.readers.encoding import find_encoding, open_text
from directory.imports.readers.json_lines import read_json_lines
from directory.imports.readers.json_rows import read_json
from directory.imports.readers.rows import Format, Reading
from directory.imports.readers.unfolding import open_bytes

_OTHERS: Final = {
    b"%PDF": "un PDF",
    b"\xd0\xcf\x11\xe0": "un ancien classeur (.xls) : enregistrez-le en .xlsx ou en CSV",
    b"\x28\xb5\x2f\xfd": "compressé en zstd : seul gzip est lu",
    b"BZh": "compressé en bzip2 : seul gzip est lu",
    b"\xfd7zXZ": "compressé en xz : seul gzip est lu",
}
_PEEK: Final = 256 * 1024


def open_rows(path: Path) -> Reading:
    """Open a file, gzip undone, and say its format and encoding. Raises UnreadableFile."""
    if not path.is_file():
        raise UnreadableFile(path, "ce fichier n'existe pas")
    with open_bytes(path) as file:
        head = file.read(8)
    if head.startswith(parquet_rows.MAGIC):
        return Reading("parquet", parquet_rows.read_parquet(path))
    if head.startswith(xlsx_rows.MAGIC):
        return Reading("xlsx", xlsx_rows.read_xlsx(path))
    for magic, name in _OTHERS.items():
        if head.startswith(magic):
            raise UnreadableFile(path, f"c'est {name}" if name.startswith("un") else f"il est {name}")
    encoding = find_encoding(path)
    format_ = _text_format(path, encoding)
    readers = {"json": read_json, "jsonl": read_json_lines, "csv": read_csv}
    return Reading(format_, readers[format_](path, encoding), encoding)


def _text_format(path: Path, encoding: str) -> Format:
    with open_text(path, encoding) as text:
        head = text.read(_PEEK).lstrip()
    named = {suffix.lower() for suffix in path.suffixes}
    if head.startswith("<"):
        raise UnreadableFile(path, "c'est une page web ou du XML, pas un fichier de données")
    if named & {".jsonl", ".ndjson"}:
        return "jsonl"
    if head.startswith("["):
        return "json"
    if head.startswith("{"):
        return "jsonl" if _one_object_a_line(head) else "json"
    if named & {".json"}:
        raise UnreadableFile(path, "ce n'est pas du JSON")
    return "csv"


def _one_object_a_line(head: str) -> bool:
    """`{…}` on the first line and another `{` at the start of the next: JSON Lines under another name."""
    first, _, rest = head.partition("\n")
    return first.rstrip().endswith("}") and rest.lstrip().startswith("{")
