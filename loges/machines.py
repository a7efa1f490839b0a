"""The state machines of the domain as data: who may take a thing from which state to which.

One table per machine drives the states' French names, the rights, the actions and the tests.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Actor(StrEnum):
    """Who asks for a transition, seen from the thing that changes."""

    RESIDENT = "RESIDENT"  # a person with an account, concerned by the thing
    EXPERT = "EXPERT"  # the expert whose profile it is
    COORDINATOR = "COORDINATOR"  # a coordinator of the thing's loge
    TEAM = "TEAM"  # OpenLoge's staff
    SYSTEM = "SYSTEM"  # a timer or a rule, nobody in person
    VISITOR = "VISITOR"  # somebody without an account


@dataclass(frozen=True, slots=True)
class Transition:
    """One allowed change: `name`, the states it leaves from (empty: it creates), the state it leads to, who may."""

    name: str
    sources: tuple[str, ...]
    target: str
    actors: frozenset[Actor]


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine: its states with their French names, where it begins, where it ends, what may happen between."""

    name: str
    states: dict[str, str]
    initial: str
    final: frozenset[str]
    transitions: tuple[Transition, ...]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The states as Django choices: (value, French name)."""
        return list(self.states.items())

    def find(self, name: str, source: str) -> Transition | None:
        """The transition called `name` that leaves `source`, if there is one."""
        return next((t for t in self.transitions if t.name == name and source in t.sources), None)

    def available(self, source: str, actors: frozenset[Actor]) -> list[str]:
        """The names of what `actors` may do from `source`, in the table's order."""
        return [t.name for t in self.transitions if source in t.sources and t.actors & actors]

    def faults(self) -> Iterator[str]:
        """What is wrong with the table itself; a sound one yields nothing."""
        reached = {self.initial}
        while new := {t.target for t in self.transitions if reached & set(t.sources)} - reached:
            reached |= new
        for state in self.states.keys() - reached:
            yield f"{self.name}: {state} can't be reached"
        for transition in self.transitions:
            for state in {*transition.sources, transition.target} - self.states.keys():
                yield f"{self.name}.{transition.name}: unknown state {state}"
            if not transition.actors:
                yield f"{self.name}.{transition.name}: nobody may do it"
            if self.final & set(transition.sources):
                yield f"{self.name}.{transition.name}: leaves a final state"
        if [t.target for t in self.transitions if not t.sources] != [self.initial]:
            yield f"{self.name}: exactly one transition must create it, in {self.initial}"
        for state in self.states.keys() - self.final:
            if not any(state in t.sources for t in self.transitions):
                yield f"{self.name}: {state} is a dead end but not final"


def _t(name: str, sources: str, target: str, *actors: Actor) -> Transition:
    return Transition(name, tuple(sources.split()), target, frozenset(actors))


LOGE = Machine(
    name="Loge",
    states={
        "PREPARING": "En préparation",
        "PENDING_OPENING": "Ouverture demandée",
        "ACTIVE": "Active",
        "PAUSED": "En pause",
        "CLOSED": "Fermée",
    },
    initial="PREPARING",
    final=frozenset({"CLOSED"}),
    transitions=(
        _t("create", "", "PREPARING", Actor.TEAM, Actor.SYSTEM),
        _t("request_opening", "PREPARING", "PENDING_OPENING", Actor.COORDINATOR),
        _t("send_back", "PENDING_OPENING", "PREPARING", Actor.TEAM),
        _t("open", "PENDING_OPENING", "ACTIVE", Actor.TEAM),
        _t("pause", "ACTIVE", "PAUSED", Actor.COORDINATOR, Actor.TEAM),
        _t("resume", "PAUSED", "ACTIVE", Actor.COORDINATOR, Actor.TEAM),
        _t("close", "PREPARING PENDING_OPENING ACTIVE PAUSED", "CLOSED", Actor.TEAM),
    ),
)

_PROFILE_AT_WORK = "DRAFT AWAITING_EXPERT AWAITING_COORDINATOR PUBLISHED PAUSED SUSPENDED"
EXPERT_PROFILE = Machine(
    name="ExpertProfile",
    states={
        "DRAFT": "En rédaction",
        "AWAITING_EXPERT": "Proposé, à valider par l'expert",
        "AWAITING_COORDINATOR": "À relire par le coordinateur",
        "PUBLISHED": "Publié",
        "PAUSED": "En pause",
        "SUSPENDED": "Suspendu",
        "LEFT": "A quitté la loge",
    },
    initial="DRAFT",
    final=frozenset({"LEFT"}),
    transitions=(
        _t("create", "", "DRAFT", Actor.COORDINATOR, Actor.SYSTEM),
        _t("suggest", "DRAFT AWAITING_COORDINATOR", "AWAITING_EXPERT", Actor.COORDINATOR),
        _t("agree", "AWAITING_EXPERT", "AWAITING_COORDINATOR", Actor.EXPERT),
        _t("amend", "AWAITING_EXPERT", "DRAFT", Actor.EXPERT),
        _t("take_back", "AWAITING_EXPERT", "DRAFT", Actor.COORDINATOR),
        _t("submit", "DRAFT", "AWAITING_COORDINATOR", Actor.EXPERT),
        _t("publish", "AWAITING_COORDINATOR", "PUBLISHED", Actor.COORDINATOR),
        _t("pause", "PUBLISHED", "PAUSED", Actor.EXPERT, Actor.COORDINATOR),
        _t("resume", "PAUSED", "PUBLISHED", Actor.EXPERT, Actor.COORDINATOR),
        _t("suspend", "PUBLISHED PAUSED", "SUSPENDED", Actor.COORDINATOR, Actor.TEAM, Actor.SYSTEM),
        _t("reinstate", "SUSPENDED", "PUBLISHED", Actor.TEAM, Actor.COORDINATOR),
        _t("leave", _PROFILE_AT_WORK, "LEFT", Actor.EXPERT, Actor.TEAM),
    ),
)

REVIEW = Machine(
    name="Review",
    states={
        "SEALED": "Déposée, scellée",
        "PUBLISHED": "Publiée",
        "REPORTED": "Signalée, à l'examen",
        "REJECTED": "Refusée",
        "WITHDRAWN": "Retirée par son auteur",
    },
    initial="SEALED",
    final=frozenset({"REJECTED", "WITHDRAWN"}),
    transitions=(
        _t("leave", "", "SEALED", Actor.RESIDENT, Actor.EXPERT),
        _t("reveal", "SEALED", "PUBLISHED", Actor.SYSTEM),
        _t("report", "PUBLISHED", "REPORTED", Actor.RESIDENT, Actor.EXPERT, Actor.COORDINATOR, Actor.VISITOR),
        _t("keep", "REPORTED", "PUBLISHED", Actor.TEAM),
        _t("reject", "SEALED REPORTED", "REJECTED", Actor.TEAM),
        _t("withdraw", "SEALED PUBLISHED", "WITHDRAWN", Actor.RESIDENT, Actor.EXPERT),
    ),
)

EVENT_OCCURRENCE = Machine(
    name="EventOccurrence",
    states={
        "PLANNED": "Prévue",
        "FULL": "Complète",
        "POSTPONED": "Reportée",
        "HELD": "Passée",
        "CANCELLED": "Annulée",
    },
    initial="PLANNED",
    final=frozenset({"HELD", "CANCELLED"}),
    transitions=(
        _t("plan", "", "PLANNED", Actor.COORDINATOR, Actor.SYSTEM),
        _t("fill", "PLANNED", "FULL", Actor.SYSTEM),
        _t("free_place", "FULL", "PLANNED", Actor.SYSTEM),
        _t("postpone", "PLANNED FULL", "POSTPONED", Actor.COORDINATOR),
        _t("replan", "POSTPONED", "PLANNED", Actor.COORDINATOR),
        _t("cancel", "PLANNED FULL POSTPONED", "CANCELLED", Actor.COORDINATOR, Actor.TEAM),
        _t("close", "PLANNED FULL", "HELD", Actor.SYSTEM),
    ),
)

MACHINES = (LOGE, EXPERT_PROFILE, REVIEW, EVENT_OCCURRENCE)
