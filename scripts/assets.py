"""Put the front-end files that Jalon serves into static/vendor/, under names that carry their content.

`npm ci` brings the packages pinned in package-lock.json; only the files listed below are copied, each as
`name.HASH.ext`, so that a browser may keep them for ever. `static/vendor/manifest.json` maps the plain name
to the stamped one: {"htmx.min.js": "htmx.min.3f2a9c01d4.js"}. npm comes from PATH, or else from a wheel put
into the running environment: a machine without Node.js needs nothing more.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "static" / "vendor"

SERVED = (
    "bootstrap/dist/css/bootstrap.min.css",
    "bootstrap/dist/js/bootstrap.bundle.min.js",
    "htmx.org/dist/htmx.min.js",
)


def main() -> None:
    install_packages()
    manifest = publish([ROOT / "node_modules" / path for path in SERVED], VENDOR)
    print(f"assets: {len(manifest)} files in {VENDOR.relative_to(ROOT)}")


def install_packages() -> None:
    """Run `npm ci`; no package runs a script of its own while it is installed."""
    npm, environ = find_npm()
    command = [npm, "ci", "--ignore-scripts", "--no-fund", "--no-audit", "--loglevel=error"]
    subprocess.run(command, cwd=ROOT, env=environ, check=True, stdin=subprocess.DEVNULL)


def find_npm() -> tuple[str, dict[str, str]]:
    """Where npm is, and the environment in which it finds its node."""
    here = Path(sys.executable).parent
    environ = {**os.environ, "PATH": f"{os.environ.get('PATH', '')}{os.pathsep}{here}"}
    if not _has_npm(environ["PATH"]):
        print("assets: no npm on this machine; taking Node.js from its wheel")
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
        locked = ["--no-deps", "--require-hashes", "-r", str(ROOT / "requirements-node.lock")]
        subprocess.run([*pip, "install", "--quiet", *locked], check=True)
    npm = shutil.which("npm", path=environ["PATH"])
    if npm is None:
        sys.exit("assets: npm was not found, and its wheel did not bring it: install Node.js 20 or newer")
    return npm, environ


def _has_npm(path: str) -> bool:
    """Whether both are there: an npm without its node is a broken link."""
    return shutil.which("npm", path=path) is not None and shutil.which("node", path=path) is not None


def publish(sources: list[Path], folder: Path) -> dict[str, str]:
    """Fill `folder` with stamped copies of `sources` and their manifest; what stood there before is gone.

    The manifest is written last: where it stands, every file it names stands too.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    manifest = {source.name: stamped_name(source) for source in sources}
    for source in sources:
        shutil.copyfile(source, folder / manifest[source.name])
    text = json.dumps(manifest, indent=2, sort_keys=True) + "\n"
    (folder / "manifest.json").write_text(text, encoding="utf-8")
    return manifest


def stamped_name(source: Path) -> str:
    """`htmx.min.js` → `htmx.min.3f2a9c01d4.js`: another content, another name."""
    digest = hashlib.sha256(source.read_bytes()).hexdigest()[:10]
    return f"{source.stem}.{digest}{source.suffix}"


if __name__ == "__main__":
    main()
