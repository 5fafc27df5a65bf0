"""A path asked for by itself: from options somebody chose, or made again after a step slipped."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from indexer.document import OptionDocument
from indexer.reference.communes import Communes
from matching.asked import Asked
from matching.candidate import Person
from matching.errors import InvalidProfile
from matching.match import Matcher, listed, offers
from matching.matches import Plan, Step
from matching.needed import answers
from matching.plan import Slip, plan, plan_chosen, replan
from matching.profile import Profile
from matching.steps import Offer

#: A path longer than this is read by nobody.
MOST_STEPS: Final = 30
#: Candidates a path chooses from, as a page of twenty.
_LIMIT: Final = 20
#: A step comes back as it was given.
_STEP_KEYS: Final = (
    "step", "option_id", "slot_id", "session_id", "starts", "ends", "wait_days", "nom", "kind", "need",
    "note",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PathAsked:
    """`chosen`: ids of options, all to be placed; or `steps` of a plan and what became of one (`slip`); or
    neither: what a match would propose."""

    profile: Profile
    chosen: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    slip: Slip | None = None

    @classmethod
    def from_json(cls, given: object, communes: Communes) -> "PathAsked":
        """Read what `POST /plan` takes. Raises InvalidProfile with every fault."""
        asked = Asked(given, "", [])
        asked.only(("profile", "chosen", "plan", "slip"))
        chosen = asked.texts("chosen")
        steps = asked.objects("plan", _step)
        slip = _slip(asked.inner("slip")) if asked.has("slip") else None
        if max(len(chosen), len(steps)) > MOST_STEPS:
            asked.fault("chosen" if chosen else "plan", f"pas plus de {MOST_STEPS} étapes")
        if (slip is None) != (not steps) or (chosen and steps):
            asked.fault("", "donner chosen, ou plan avec slip, ou ni l'un ni l'autre")
        if slip is not None and steps:
            _check_slip(slip, steps, asked)
        if asked.faults:
            raise InvalidProfile(asked.faults)
        return cls(profile=_profile(given, communes), chosen=chosen, steps=steps, slip=slip)


def path(asked: PathAsked, matcher: Matcher, *, today: date) -> tuple[Plan, tuple[str, ...]]:
    """The plan, and the ids that the index does not know. Raises as `SearchReader.search`."""
    person = matcher.person(asked.profile, today)
    named = asked.chosen or tuple(step.option_id for step in asked.steps)
    documents = matcher.engine.get(named) if named else {}
    unknown = tuple(option_id for option_id in dict.fromkeys(named) if option_id not in documents)
    own = [_offer(documents[one], person) for one in dict.fromkeys(named) if one in documents]
    if asked.chosen:
        return plan_chosen(person, own), unknown
    found = _matched(person, matcher)
    if asked.slip is None:
        return plan(person, found), unknown
    return replan(person, _together(own, found), asked.steps, asked.slip), unknown


def _profile(given: object, communes: Communes) -> Profile:
    """Its faults by their place in what was given."""
    told = given.get("profile") if isinstance(given, dict) else None
    if told is None:
        raise InvalidProfile([("profile", "valeur manquante")])
    try:
        return Profile.from_json(told, communes)
    except InvalidProfile as error:
        faults = [(f"profile.{field}" if field else "profile", said) for field, said in error.faults]
        raise InvalidProfile(faults) from error


def _matched(person: Person, matcher: Matcher) -> list[Offer]:
    contenders, _ = matcher.contend(person)
    finalists, ordered = listed(contenders, matcher, _LIMIT)
    return offers(contenders, finalists, ordered)


def _offer(document: OptionDocument, person: Person) -> Offer:
    return Offer(document=document, needs={one.need.code: one.strength for one in answers(document, person)})


def _together(own: Iterable[Offer], found: Sequence[Offer]) -> list[Offer]:
    """What a match gives, then steps of the plan that it does not give any more."""
    known = {offer.id for offer in found}
    return [*found, *(offer for offer in own if offer.id not in known)]


def _step(asked: Asked) -> Step | None:
    asked.only(_STEP_KEYS)
    number, option_id = asked.whole("step", 1, MOST_STEPS), asked.text("option_id", required=True)
    starts, ends = asked.day("starts"), asked.day("ends")
    for key, value in (("step", number), ("starts", starts), ("ends", ends)):
        if value is None and not asked.has(key):
            asked.fault(key, "valeur manquante")
    if starts and ends and ends < starts:
        asked.fault("ends", "la fin est avant le début")
    if number is None or option_id is None or starts is None or ends is None:
        return None
    return Step(
        step=number, option_id=option_id, slot_id=asked.text("slot_id"), session_id=asked.text("session_id"),
        starts=starts, ends=ends, wait_days=0,
    )  # fmt: skip


def _check_slip(slip: Slip, steps: Sequence[Step], asked: Asked) -> None:
    step = next((one for one in steps if one.step == slip.step), None)
    if step is None:
        asked.fault("slip.step", "cette étape n'est pas dans le plan")
    elif slip.ends is not None and slip.ends < step.starts:
        asked.fault("slip.ends", "la fin est avant le début de l'étape")


def _slip(asked: Asked) -> Slip | None:
    asked.only(("step", "ends"))
    number = asked.whole("step", 1, MOST_STEPS)
    if number is None:
        if not asked.has("step"):
            asked.fault("step", "valeur manquante")
        return None
    return Slip(step=number, ends=asked.day("ends"))
