"""A small OpenID provider of ours, honest unless told otherwise: each trick is one way to cheat."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT = "jalon"
SECRET = "the provider's secret"


@dataclass
class Provider:
    """What it knows, what was asked of it, and the trick it plays."""

    key: RSAKey = field(
        default_factory=lambda: RSAKey.generate_key(2048, {"kid": "ours", "use": "sig", "alg": "RS256"})
    )
    other: RSAKey = field(
        default_factory=lambda: RSAKey.generate_key(2048, {"kid": "ours", "use": "sig", "alg": "RS256"})
    )
    trick: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    person: dict[str, Any] = field(
        default_factory=lambda: {
            "sub": "agent-1",
            "email": "Agent@exemple.fr",
            "given_name": "Noor",
            "usual_name": "Haddad",
        }
    )
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    now: float = field(default_factory=time.time)
    address: str = ""

    def authorize(self, asked: dict[str, str]) -> dict[str, str]:
        """What the browser brings back, as if the person had said yes."""
        assert asked["code_challenge_method"] == "S256"
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        state = "another state" if self.trick == "state" else asked["state"]
        answer = {"code": code, "state": state}
        if self.trick == "issuer of the answer":
            answer["iss"] = "https://evil.example"
        return answer

    def token(self, asked: dict[str, str]) -> dict[str, str] | None:
        """The tokens of a code, once, to who holds the verifier of its challenge."""
        began = self.codes.pop(asked.get("code", ""), None)
        if began is None:
            return None
        proof = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(proof).rstrip(b"=").decode() != began["code_challenge"]:
            return None
        return {"access_token": "access", "token_type": "Bearer", "id_token": self.id_token(began["nonce"])}

    def id_token(self, nonce: str) -> str:
        """Signed as the trick says."""
        claims: dict[str, Any] = {
            "iss": self.address, "aud": CLIENT, "sub": "agent-1", "nonce": nonce, "iat": int(self.now),
            "exp": int(self.now) + 300,
        }  # fmt: skip
        cheats: dict[str, dict[str, Any]] = {
            "nonce": {"nonce": "another nonce"},
            "audience": {"aud": "another client"},
            "audiences": {"aud": [CLIENT, "another client"]},
            "issuer": {"iss": "https://evil.example"},
            "expired": {"exp": int(self.now) - 3600},
            "issued long ago": {"iat": int(self.now) - 90_000},
            "access token": {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
            "nobody": {"sub": ""},
        }
        return self.sign(claims | cheats.get(self.trick, {}) | self.claims)

    def sign(self, claims: dict[str, Any]) -> str:
        """A token; or what only looks like one."""
        header: dict[str, Any] = {"alg": "RS256", "kid": "ours"}
        if self.trick == "alg none":
            parts = ({"alg": "none"}, claims)
            return (
                ".".join(
                    base64.urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=").decode() for one in parts
                )
                + "."
            )
        if self.trick == "alg of a secret":
            public = OctKey.import_key(self.key.as_pem(private=False))
            return jwt.encode({"alg": "HS256", "kid": "ours"}, claims, public, algorithms=["HS256"])
        if self.trick == "embedded key":
            header["jwk"] = self.other.as_dict(private=False)
            return jwt.encode(header, claims, self.other)
        if self.trick == "address of keys":
            header["jku"] = "https://evil.example/keys"
            return jwt.encode(header, claims, self.other)
        return jwt.encode(header, claims, self.other if self.trick == "another key" else self.key)

    def userinfo(self) -> tuple[str, bytes]:
        """Who it is, as a signed JWT like ProConnect's."""
        told = dict(self.person)
        if self.trick == "somebody else":
            told["sub"] = "agent-2"
        if self.trick == "no address":
            del told["email"]
        return "application/jwt", self.sign(told).encode()

    def metadata(self) -> dict[str, str]:
        """Its description."""
        names = {
            "authorization": "authorize",
            "token": "token",
            "userinfo": "userinfo",
            "end_session": "logout",
        }
        issuer = "https://evil.example" if self.trick == "another name" else self.address
        return {
            "issuer": issuer,
            "jwks_uri": f"{self.address}/keys",
            **{f"{name}_endpoint": f"{self.address}/{path}" for name, path in names.items()},
        }


class Door(BaseHTTPRequestHandler):
    """The provider's four doors."""

    provider: Provider

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path == "/userinfo":
            assert self.headers["Authorization"] == "Bearer access"
            self.answer(200, *self.provider.userinfo())
        elif path == "/keys":
            self.answer_json({"keys": [self.provider.key.as_dict(private=False)]})
        else:
            self.answer_json(self.provider.metadata())

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
        token = self.provider.token({name: values[0] for name, values in parse_qs(sent).items()})
        if token is None:
            self.answer_json({"error": "invalid_grant"}, 400)
        else:
            self.answer_json(token)

    def answer_json(self, told: object, status: int = 200) -> None:
        self.answer(status, "application/json", json.dumps(told).encode())

    def answer(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(provider: Provider) -> Iterator[Provider]:
    """The provider on a port of its own."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), type("OneDoor", (Door,), {"provider": provider}))
    provider.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
