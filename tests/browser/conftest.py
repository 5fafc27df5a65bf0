"""A real server over the demo territory, and a real browser in front of it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.parts import find_part

FLAGS: Final = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
#: What a page may say on the console: a page not found, a form refused, a request given up for a newer one.
EXPECTED: Final = ("404", "422", "htmx:sendAbort", "htmx:afterRequest")


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the demo, served as its users serve it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environ = {
        **os.environ,
        "JALON_DATA_DIR": str(tmp_path_factory.mktemp("served")),
        "JALON_LOG_LEVEL": "error",
    }
    command = [sys.executable, "-m", "directory.cli", "demo", "--port", str(port)]
    with subprocess.Popen(
        command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            _wait(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _wait(port: int) -> None:
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/health/ready")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.3)
        finally:
            connection.close()
    pytest.fail("the demo did not answer in a minute")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium, driven by Playwright."""
    with sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=str(find_part("chromium")), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A fresh page on a desk; a console error or a refused script fails the test."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR")
    opened = context.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: said.append(str(error)))
    yield opened
    context.close()
    wrong = [one for one in said if not any(known in one for known in EXPECTED)]
    assert not wrong
