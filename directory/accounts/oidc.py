"""OpenID Connect, for ProConnect: discovery, PKCE, state, nonce, and an identity checked claim by claim.

Authlib makes the requests; joserfc reads the tokens with an allow-list of algorithms and the provider's own
keys only: a key or an address of keys carried by a token is refused (CVE-2026-27962 and its kin).
ProConnect (partenaires.proconnect.gouv.fr/docs): code flow, `state` and `nonce` required, userinfo as a
signed JWT, the employer's `siret` among the claims.
"""

import base64
import hashlib
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final
from urllib.parse import urlencode

import requests
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from directory.accounts.errors import ProviderRefused
from directory.accounts.seals import new_token

ALGORITHMS: Final = ("RS256", "ES256")
SCOPE: Final = "openid given_name usual_name email siret"
TIMEOUT: Final = 5.0
#: Clocks may differ by so much.
LEEWAY_SECONDS: Final = 30
#: Discovery and keys are asked anew after this long, or when a key is unknown.
CACHED_SECONDS: Final = 600.0
_CARRIED_KEYS: Final = frozenset({"jwk", "jku", "x5u", "x5c"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What was sent along and must come back: kept on our side until the answer, once."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who the provider says it is. `twice`: it saw two proofs itself."""

    issuer: str
    subject: str
    courriel: str
    nom: str
    siret: str | None
    twice: bool
    id_token: str


class Provider:
    """A provider, by its issuer's address. ProviderRefused: what cannot be trusted or reached."""

    def __init__(
        self, issuer: str, client_id: str, client_secret: str, clock: Callable[[], float] = time.time
    ) -> None:
        self.issuer = issuer.rstrip("/")
        self._client_id = client_id
        self._client_secret = client_secret
        self._clock = clock
        self._lock = Lock()
        self._kept: dict[str, tuple[float, dict[str, Any]]] = {}

    def begin(self, redirect_uri: str) -> tuple[str, Expected]:
        """The address to send the browser to, and what to expect back."""
        expected = Expected(state=new_token(), nonce=new_token(), verifier=secrets.token_urlsafe(64))
        challenge = base64.urlsafe_b64encode(hashlib.sha256(expected.verifier.encode()).digest()).rstrip(b"=")
        asked = {
            "response_type": "code",
            "client_id": self._client_id,
            "redirect_uri": redirect_uri,
            "scope": SCOPE,
            "state": expected.state,
            "nonce": expected.nonce,
            "code_challenge": challenge.decode(),
            "code_challenge_method": "S256",
            "claims": '{"id_token":{"amr":{"essential":true}}}',
        }
        return f"{self._endpoint('authorization_endpoint')}?{urlencode(asked)}", expected

    def identify(self, answer: Mapping[str, str], expected: Expected, redirect_uri: str) -> Identity:
        """Who came back, from the answer's parameters."""
        if not secrets.compare_digest(answer.get("state", ""), expected.state):
            raise ProviderRefused("la réponse ne correspond pas à la demande")
        if answer.get("iss", self.issuer).rstrip("/") != self.issuer:
            raise ProviderRefused("la réponse vient d’un autre fournisseur")
        if "error" in answer or not answer.get("code"):
            raise ProviderRefused("la connexion n’a pas été accordée")
        token = self._exchange(answer["code"], expected, redirect_uri)
        claims = self._id_claims(
            str(token.get("id_token", "")), expected.nonce, str(token.get("access_token", ""))
        )
        told = self._userinfo(str(token.get("access_token", "")), str(claims["sub"]))
        courriel = told.get("email")
        if not isinstance(courriel, str) or "@" not in courriel:
            raise ProviderRefused("le fournisseur n’a pas donné d’adresse électronique")
        name = " ".join(str(told[part]) for part in ("given_name", "usual_name") if told.get(part))
        return Identity(
            issuer=self.issuer,
            subject=str(claims["sub"]),
            courriel=courriel.lower(),
            nom=name or courriel.partition("@")[0],
            siret=str(told["siret"]) if told.get("siret") else None,
            twice="mfa" in (claims.get("amr") or ()),
            id_token=str(token["id_token"]),
        )

    def logout_address(self, id_token: str, back: str) -> str | None:
        """Where the browser ends its visit at the provider too; None when it has no such place."""
        end = self._metadata().get("end_session_endpoint")
        if not end:
            return None
        told = {"id_token_hint": id_token, "post_logout_redirect_uri": back, "state": new_token()}
        return f"{end}?{urlencode(told)}"

    def _exchange(self, code: str, expected: Expected, redirect_uri: str) -> dict[str, Any]:
        try:
            with OAuth2Session(self._client_id, self._client_secret, redirect_uri=redirect_uri) as client:
                token = client.fetch_token(
                    self._endpoint("token_endpoint"),
                    code=code,
                    code_verifier=expected.verifier,
                    timeout=TIMEOUT,
                )
        except (OAuthError, requests.RequestException, ValueError) as error:
            raise ProviderRefused("le fournisseur n’a pas confirmé la connexion") from error
        return dict(token)

    def _id_claims(self, id_token: str, nonce: str, access_token: str) -> dict[str, Any]:
        claims = self._read(id_token)
        now = self._clock()
        audience = claims.get("aud")
        ours = audience == self._client_id or (isinstance(audience, list) and self._client_id in audience)
        several = isinstance(audience, list) and len(audience) > 1
        checks = {
            "issuer": str(claims.get("iss", "")).rstrip("/") == self.issuer,
            "audience": ours
            and claims.get("azp", self._client_id if not several else None) == self._client_id,
            "expiry": _number(claims.get("exp")) > now - LEEWAY_SECONDS,
            "issued": abs(_number(claims.get("iat")) - now) < CACHED_SECONDS,
            "nonce": secrets.compare_digest(str(claims.get("nonce", "")), nonce),
            "subject": bool(claims.get("sub")),
            "access token": "at_hash" not in claims or claims["at_hash"] == _half_hash(access_token),
        }
        wrong = [name for name, holds in checks.items() if not holds]
        if wrong:
            raise ProviderRefused("l’identité reçue n’est pas celle demandée", wrong=wrong)
        return claims

    def _userinfo(self, access_token: str, subject: str) -> dict[str, Any]:
        """Claims about the person, a signed JWT or plain JSON; always about who logged in."""
        try:
            answer = requests.get(
                self._endpoint("userinfo_endpoint"),
                headers={"Authorization": f"Bearer {access_token}"},
                timeout=TIMEOUT,
            )
            answer.raise_for_status()
            signed = answer.headers.get("Content-Type", "").startswith("application/jwt")
            told = self._read(answer.text) if signed else answer.json()
        except (requests.RequestException, ValueError) as error:
            raise ProviderRefused("le fournisseur n’a pas dit qui se connecte") from error
        if not isinstance(told, dict) or told.get("sub") != subject:
            raise ProviderRefused("le fournisseur parle de quelqu’un d’autre")
        return told

    def _read(self, token: str) -> dict[str, Any]:
        """The claims of a token signed by the provider. Keys that changed are asked anew once."""
        try:
            header = jws.extract_compact(token.encode()).headers()
        except (JoseError, ValueError) as error:
            raise ProviderRefused("le jeton reçu ne peut pas être lu") from error
        if _CARRIED_KEYS & header.keys() or header.get("alg") not in ALGORITHMS:
            raise ProviderRefused("le jeton reçu est signé d’une façon refusée")
        for fresh in (False, True):
            try:
                keys = KeySet.import_key_set(self._fetch(self._endpoint("jwks_uri"), fresh=fresh))  # type: ignore[arg-type]
                return dict(jwt.decode(token, keys, algorithms=list(ALGORITHMS)).claims)
            except (JoseError, ValueError, KeyError) as error:
                failure = error
        raise ProviderRefused("la signature du jeton reçu n’est pas celle du fournisseur") from failure

    def _metadata(self) -> dict[str, Any]:
        told = self._fetch(f"{self.issuer}/.well-known/openid-configuration")
        if str(told.get("issuer", "")).rstrip("/") != self.issuer:
            raise ProviderRefused("le fournisseur se présente sous un autre nom")
        return told

    def _endpoint(self, name: str) -> str:
        address = self._metadata().get(name)
        if not isinstance(address, str) or not address.startswith(("https://", "http://127.0.0.1")):
            raise ProviderRefused("le fournisseur n’est pas décrit comme attendu", missing=name)
        return address

    def _fetch(self, address: str, *, fresh: bool = False) -> dict[str, Any]:
        with self._lock:
            at, kept = self._kept.get(address, (0.0, {}))
            if kept and not fresh and self._clock() - at < CACHED_SECONDS:
                return kept
        try:
            answer = requests.get(address, timeout=TIMEOUT)
            answer.raise_for_status()
            told = answer.json()
        except (requests.RequestException, ValueError) as error:
            raise ProviderRefused("le fournisseur d’identité ne répond pas") from error
        if not isinstance(told, dict):
            raise ProviderRefused("le fournisseur n’est pas décrit comme attendu")
        with self._lock:
            self._kept[address] = (self._clock(), told)
        return told


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0.0


def _half_hash(token: str) -> str:
    """`at_hash`: the left half of the SHA-256 of the access token (both our algorithms hash with it)."""
    return base64.urlsafe_b64encode(hashlib.sha256(token.encode()).digest()[:16]).rstrip(b"=").decode()
