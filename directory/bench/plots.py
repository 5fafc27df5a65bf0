"""How the cost grows with the inventory: one picture from the figures of several sizes."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

#: (engine, figure, colour, what it is): embedded and OpenSearch answer over HTTP, PostgreSQL straight.
LINES: Final = (
    ("embedded", "search_with_facets", "#0b5d57", "recherche et facettes, embarqué"),
    ("embedded", "match", "#a0340a", "appariement, embarqué"),
    ("embedded", "commune_and_themes", "#4b8f2f", "commune et thèmes, embarqué"),
    ("opensearch", "search_with_facets", "#1d4f8c", "recherche et facettes, OpenSearch"),
    ("opensearch", "match", "#8c4fa0", "appariement, OpenSearch"),
    ("postgresql", "commune_and_themes", "#777777", "commune et thèmes, PostgreSQL seul"),
)


def draw(sizes: Sequence[Mapping[str, Any]], file: Path) -> None:
    """Three pictures side by side over the number of services: median alone, requests a second at 8 clients,
    seconds and memory to index."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "jalon"
    from matplotlib import pyplot

    figure, (alone, together, index) = pyplot.subplots(1, 3, figsize=(15, 5), layout="constrained")
    for engine, name, colour, label in LINES:
        _line(alone, sizes, (engine, f"{name}_1_clients", "p50"), colour, label)
        _line(together, sizes, (engine, f"{name}_8_clients", "rate"), colour, label)
    for engine, colour in (("embedded", "#0b5d57"), ("opensearch", "#1d4f8c")):
        _line(index, sizes, (engine, "index", "seconds"), colour, f"index fait de rien, {engine} (s)")
    for axes, title, unit in (
        (alone, "Médiane, un client", "ms"),
        (together, "Requêtes par seconde, 8 clients", "par seconde"),
        (index, "Indexation", "secondes"),
    ):
        axes.set(title=title, xlabel="services", ylabel=unit, xscale="log", yscale="log")
        axes.grid(visible=True, which="both", alpha=0.2)
    alone.legend(fontsize=8)
    index.legend(fontsize=8)
    figure.savefig(file, metadata={"Date": None})
    pyplot.close(figure)


def _line(
    axes: Any, sizes: Sequence[Mapping[str, Any]], path: tuple[str, str, str], colour: str, label: str
) -> None:
    engine, name, value = path
    points = [(one["services"], one[engine][name][value]) for one in sizes if name in one.get(engine, {})]
    if points:
        axes.plot(*zip(*points, strict=True), marker="o", color=colour, label=label)
