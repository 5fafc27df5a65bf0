"""The pictures of docs/screenshots: the demo, served from a folder that goes away, in a real browser.

Needs Chromium: on PATH, or where CHROMIUM says.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "screenshots"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
         "--disable-background-networking", "--disable-component-update"]  # fmt: skip
START_SECONDS = 60


def main() -> None:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        sys.exit("screenshots: no Chromium on PATH (apt-get install chromium, or CHROMIUM=/path)")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as home, sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        take(page, home)
        browser.close()
    print(f"screenshots: {len(list(PICTURES.glob('*.png')))} pictures in {PICTURES.relative_to(ROOT)}")


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The demo on a free port, until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "directory.cli", "demo", "--port", str(port)]
    environ = {**os.environ, "JALON_DATA_DIR": str(folder / "var"), "JALON_LOG_LEVEL": "warning"}
    server = subprocess.Popen(command, env=environ, cwd=ROOT, stdout=subprocess.DEVNULL)
    home = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{home}/health/ready")
        yield home
    finally:
        server.terminate()
        server.wait(timeout=30)


def wait_for(address: str) -> None:
    limit = time.monotonic() + START_SECONDS
    while time.monotonic() < limit:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310  (our own server)
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    sys.exit(f"screenshots: the demo did not answer in {START_SECONDS} s")


def take(page: Page, home: str) -> None:
    """Home, a list, a sheet, and the interview with its options."""
    page.goto(home)
    picture(page, "home")
    page.goto(f"{home}/recherche?q=garde+d%27enfants&lieu=Romans-sur-Is%C3%A8re+(26100)")
    picture(page, "search")
    page.locator("#resultats h3 a").first.click()
    picture(page, "sheet")
    page.goto(f"{home}/entretien")
    page.fill("#lieu", "Romans-sur-Isère (26100)")
    page.check("#mode-transports-en-commun")
    page.check("#contrainte-mobilite")
    page.check("#priorite-mobilite")
    page.check("#contrainte-famille")
    page.locator("#options .card-option").first.wait_for()
    page.wait_for_timeout(800)
    page.evaluate(
        "for (const one of [window, ...document.querySelectorAll('.questions')]) one.scrollTo(0, 0)"
    )
    picture(page, "interview")


def picture(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=PICTURES / f"{name}.png")


if __name__ == "__main__":
    main()
