"""`jalon serve`: pages and API by gunicorn; on the embedded engine the relay runs along."""

import os
import subprocess
import sys
import threading
from typing import Any

import click
from gunicorn.app.base import BaseApplication

from directory.config import Settings
from directory.wiring import Jalon


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Adresse d'écoute.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port d'écoute.")
@click.pass_obj
def serve(jalon: Jalon, host: str, port: int) -> None:
    """Sert les pages et l'API ; avec le moteur embarqué, un relais tient l'index à jour à côté."""
    start_server(jalon.settings, host, port)


def start_server(settings: Settings, host: str, port: int) -> None:
    """Serve until stopped. The relay is a child process, restarted when it dies, ended with the server."""
    relay = Relay() if settings.search_url.startswith("embedded:") else None
    Server(settings, f"{host}:{port}", relay).run()


class Relay:
    """The child process that keeps the index up to date, kept alive by a thread."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep_alive, daemon=True)

    def start(self) -> None:
        """Start it, and again whenever it ends before being told to."""
        self._thread.start()

    def stop(self) -> None:
        """End it and wait: it gives the writer of the index back."""
        self._stopping.set()
        if self._child and self._child.poll() is None:
            self._child.terminate()
        self._thread.join(timeout=10)

    def _keep_alive(self) -> None:
        command = [
            sys.executable,
            "-m",
            "directory.cli",
            "index",
            "sync",
            "--follow",
            "--with-parent",
            str(os.getpid()),
        ]
        while not self._stopping.is_set():
            self._child = subprocess.Popen(command)  # noqa: S603  (our own command line)
            self._child.wait()
            self._stopping.wait(2)


class Server(BaseApplication):
    """Gunicorn with its settings in hand instead of a file; each worker wires its own house."""

    def __init__(self, settings: Settings, bind: str, relay: Relay | None) -> None:
        self._settings = settings
        self._bind = bind
        self._relay = relay
        super().__init__()

    def load_config(self) -> None:
        """Threads share a worker's caches; HTTP keep-alive spares a connection per keystroke."""
        options: dict[str, Any] = {
            "bind": self._bind,
            "workers": self._settings.workers,
            "threads": self._settings.threads,
            "worker_class": "gthread",
            "keepalive": 15,
            "timeout": 60,
            "graceful_timeout": 10,
            "loglevel": "warning",
            "control_socket_disable": True,
            "when_ready": lambda _: self._ready(),
            "on_exit": lambda _: self._relay.stop() if self._relay else None,
        }
        for name, value in options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        """The application, in a worker."""
        from directory.app import create_app

        jalon = Jalon(self._settings)
        app = create_app(jalon)
        warm(jalon)
        return app

    def _ready(self) -> None:
        if self._relay:
            self._relay.start()
        click.echo(f"Jalon répond sur http://{self._bind} (Ctrl+C pour arrêter).", err=True)


def warm(jalon: Jalon) -> None:
    """Load what the first reader would wait for."""
    jalon.communes.suggest("valence", limit=1)
    jalon.occupations.suggest("cuis", limit=1)
    _ = jalon.matcher
