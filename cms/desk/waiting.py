"""What waits for an answer of OpenLoge's team, on its desk. Another queue is one more function in `QUEUES`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Model
from django.urls import reverse
from wagtail.admin.ui.components import Component

from cms import proposals
from cms.desk.life import Button, buttons
from cms.models import LogePage
from loges import clock
from loges import queries as domain
from loges.machines import EXPERT_PROFILE, LOGE, REVIEW
from loges.models import ExpertProfile, Loge, Review, TransitionLog

PATIENCE = timedelta(days=14)
"""How long a profile may wait for its coordinator before the team hears of it."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: its name, what to know of it, since when; where to read more, and what may be done."""

    name: str
    text: str
    since: datetime | None
    links: list[Button] = field(default_factory=list)
    buttons: list[Button] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Queue:
    """Things of one kind that wait, the longest waiting first."""

    title: str
    waiting: list[Waiting]


def openings(person: Any) -> Queue:
    """The loges that asked to open. Three statements, and some for each."""
    waiting = Loge.objects.filter(state="PENDING_OPENING").select_related("territory")
    loges = list(waiting.order_by("name", "pk"))
    pages = dict(LogePage.objects.filter(loge__in=loges).values_list("loge_id", "pk"))
    asked = domain.arrivals(loges, LOGE, "PENDING_OPENING")
    found = []
    for loge in loges:
        missing = [item.label for item in domain.opening_checklist(loge) if not item.is_done]
        text = f"Il manque\u00a0: {', '.join(missing)}." if missing else "Rien ne manque à la liste d'ouverture."
        links = [Button("Ses membres", reverse("loges:members", args=[loge.pk]))]
        if loge.pk in pages:
            links.insert(0, Button("Lire sa page", reverse("wagtailadmin_pages:edit", args=[pages[loge.pk]])))
        if hasattr(loge, "territory") and (overlaps := domain.overlaps(loge.territory)):
            text = " ".join((text, *map(str, overlaps)))
            links.append(Button("Redessiner son territoire", reverse("loges:draw", args=[loge.pk])))
        answers = buttons(person, "loge", loge, only=("open", "send_back"))
        found.append(Waiting(f"{loge.name}, {loge.city}", text, _at(asked, loge), links, answers))
    return Queue("Loges qui demandent à ouvrir", _by_age(found))


def reported_reviews(person: Any) -> Queue:
    """The reviews that somebody reported, with the reason. Two statements, and some for each."""
    reviews = list(Review.objects.filter(state="REPORTED").select_related("expert__person", "expert__loge"))
    reported = domain.arrivals(reviews, REVIEW, "REPORTED")
    found = []
    for review in reviews:
        why = reported[review.pk].note if review.pk in reported else ""
        text = f"{review.author_first_name} écrit\u00a0: «\u00a0{review.text}\u00a0»"
        found.append(
            Waiting(
                f"{review}, {review.expert.loge}",
                f"{text} Signalée parce que\u00a0: {why}" if why else text,
                _at(reported, review),
                [Button("Voir le profil", reverse("team:profile", args=[review.expert_id]))],
                buttons(person, "avis", review, only=("keep", "reject")),
            )
        )
    return Queue("Évaluations signalées", _by_age(found))


def forgotten_profiles(person: Any) -> Queue:
    """The profiles that their coordinator didn't reread in two weeks. Three statements."""
    profiles = list(
        ExpertProfile.objects.filter(state="AWAITING_COORDINATOR").select_related("person", "loge").order_by("pk")
    )
    handed_in = domain.arrivals(profiles, EXPERT_PROFILE, "AWAITING_COORDINATOR")
    leading = domain.coordinators(profile.loge_id for profile in profiles)
    found = []
    for profile in profiles:
        since = _at(handed_in, profile)
        if since is not None and since <= clock.now() - PATIENCE:
            who = ", ".join(str(member.person) for member in leading[profile.loge_id]) or "personne"
            links = [Button("Voir le profil", reverse("team:profile", args=[profile.pk]))]
            found.append(Waiting(f"{profile.person}, {profile.loge}", f"À relire par\u00a0: {who}.", since, links))
    return Queue("Profils qui attendent depuis deux semaines", _by_age(found))


def handbook_proposals(person: Any) -> Queue:
    """What others propose to the handbook, the first submitted first. Four statements."""
    found = []
    for proposal in proposals.waiting_for(person):
        subject = (
            f"Changement de «\u00a0{proposal.chapter.title}\u00a0»." if proposal.chapter else "Nouveau chapitre."
        )
        links = [Button("Relire", reverse("wagtailadmin_pages:edit", args=[proposal.pk]))]
        found.append(
            Waiting(f"{proposal.draft_title}, de {proposal.credit}", f"{subject} {proposal.reason}", None, links)
        )
    return Queue("Propositions pour le cahier", found)


QUEUES: tuple[Callable[[Any], Queue], ...] = (openings, handbook_proposals, reported_reviews, forgotten_profiles)
"""What is looked for, in the order in which it is shown."""


def _at(arrived: Mapping[int, TransitionLog], thing: Model) -> datetime | None:
    return arrived[thing.pk].at if thing.pk in arrived else None


def _by_age(waiting: list[Waiting]) -> list[Waiting]:
    return sorted(waiting, key=lambda one: one.since or datetime.max.replace(tzinfo=UTC))


class WaitingDesk(Component):
    """The queues in which something waits."""

    template_name = "cms/desk/waiting.html"
    order = 5

    def __init__(self, person: Any) -> None:
        self.person = person

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
        """What the template shows. Twelve statements, and some for each thing that waits."""
        found = (queue(self.person) for queue in QUEUES)
        return {"queues": [queue for queue in found if queue.waiting]}
