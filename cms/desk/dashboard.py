"""The desk: where those who write in a loge land after the log-in, what they have to do, and their menu.

What to do next comes from the loge's state and from what is missing.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from cms import maps, proposals, queries
from cms.desk import charter
from cms.desk.life import buttons
from cms.desk.waiting import WaitingDesk
from cms.maps import Place
from cms.models import HandbookChapterPage, HandbookPartPage, LogePage
from loges import clock, permissions, recurrence
from loges import queries as domain
from loges.machines import LOGE
from loges.models import ExpertProfile, Loge

DATES = 3
"""How many dates of a loge are shown."""
CHAPTERS = 9
"""How many chapters of the handbook are shown."""
ASKED = 5
"""How many of the services that are asked for in vain are shown."""
QUIET_DAYS = 31
"""A month without a date is one too many: "événements organisés tous les mois"."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do, in French, and where to do it, if here."""

    text: str
    url: str = ""


def steps(loge: Loge, page: LogePage | None, dates: list[Any], person: Any) -> list[Step]:
    """What a loge needs next, the most pressing first."""
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk]) if page else ""
    add = reverse("wagtailadmin_pages:add", args=["cms", "eventpage", page.pk]) if page else ""
    team, keeps_team = reverse("team:index"), permissions.may(person, "manage_experts", loge)
    found = []
    if loge.state == "PREPARING":
        sent_back = domain.last_transition(loge, LOGE, "send_back")
        if sent_back is not None and sent_back.note:
            found.append(Step(f"OpenLoge vous a répondu\u00a0: «\u00a0{sent_back.note}\u00a0»"))
        if page and not page.get_latest_revision_as_object().body:
            found.append(Step("Écrire la page de la loge", edit))
        found += _to_reread(loge) if keeps_team else []
        signing = {row.loge_id for row in charter.to_sign(person)}
        for item in domain.opening_checklist(loge):
            is_theirs = item.key == "charter" and loge.pk in signing
            if is_theirs and not item.is_done:
                found.append(Step("Lire et signer la charte", reverse("charter:sign", args=[loge.pk])))
            elif not item.is_done:
                found.append(Step(item.label, team if item.key == "experts" and keeps_team else ""))
        if not found:
            found.append(Step("Tout est prêt\u00a0: demandez l'ouverture"))
    elif loge.state == "PENDING_OPENING":
        found.append(Step("L'équipe OpenLoge relit votre demande\u00a0: rien à faire d'ici là"))
    elif loge.state == "ACTIVE":
        found += _to_reread(loge) if keeps_team else []
        soon = clock.now() + timedelta(days=QUIET_DAYS)
        if not any(date.starts_at < soon and date.state != "CANCELLED" for date in dates):
            found.append(Step("Aucun événement d'ici un mois\u00a0: en prévoir un", add))
    elif loge.state == "PAUSED":
        found.append(Step("La loge est en pause\u00a0: rouvrez-la quand vous revenez"))
    elif loge.state == "CLOSED":
        found.append(Step("La loge est fermée\u00a0: ses pages ont quitté le site"))
    return found


def _to_reread(loge: Loge) -> list[Step]:
    waiting = ExpertProfile.objects.filter(loge=loge, state="AWAITING_COORDINATOR").count()
    text = f"Relire {waiting} profil{'s' if waiting > 1 else ''} d'expert"
    return [Step(text, reverse("team:index"))] if waiting else []


class LogeDesk(Component):
    """One loge: what to do next, its state, its page, its next dates."""

    template_name = "cms/desk/loge.html"
    order = 10

    def __init__(self, loge: Loge, person: Any) -> None:
        self.loge, self.person = loge, person

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
        """What the template shows. Some ten statements for a loge."""
        page = LogePage.objects.filter(loge=self.loge).first()
        dates = list(domain.occurrences(None, since=clock.now(), loge_ids=[self.loge.pk])[:DATES])
        may_write = permissions.may(self.person, "edit_content", self.loge)
        return {
            "loge": self.loge,
            "page": page if may_write and self.loge.state != "CLOSED" else None,
            "steps": steps(self.loge, page, dates, self.person) if may_write else [],
            "buttons": buttons(self.person, "loge", self.loge),
            "dates": dates,
            "changeable": set(
                domain.changeable_dates(self.person)
                .filter(pk__in=[date.pk for date in dates])
                .values_list("pk", flat=True)
            ),
            "map": self._map(),
            "asked": self._asked(),
            "experts": domain.published_experts(self.loge),
            "may_write": may_write,
        }

    def _map(self) -> str:
        """The loge's territory and its neighbours, where it is drawn. Two statements."""
        found = domain.loges(self.person).filter(pk=self.loge.pk).first()
        if found is None or not hasattr(found, "territory"):
            return ""
        home = Place(found.name, found.territory.shape)
        return maps.drawn(home, maps.places(self.person, but=found))

    def _asked(self) -> list[domain.Asked]:
        """What was looked for in the loge and nobody offers, for those who keep its team. Five statements."""
        if not permissions.may(self.person, "manage_experts", self.loge):
            return []
        since = recurrence.local_day(clock.now()) - timedelta(days=domain.ASKED_DAYS)
        return domain.asked_without_expert([self.loge], since=since, first=ASKED)[self.loge.pk]


class HandbookDesk(Component):
    """The handbook's chapters for where the person's loges stand, then those that always serve."""

    template_name = "cms/desk/handbook.html"
    order = 50

    def __init__(self, person: Any, states: Set[str]) -> None:
        self.person, self.states = person, states

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
        """What the template shows. Six statements."""
        parts = HandbookPartPage.objects.values_list("path", "stages")
        always = {path: not stages for path, stages in parts if not stages or self.states & set(stages)}
        readable = queries.readable(HandbookChapterPage.objects.all(), self.person).defer("body").order_by("path")
        above = [(chapter, chapter.path[: -Page.steplen]) for chapter in readable]
        fitting = sorted((pair for pair in above if pair[1] in always), key=lambda pair: always[pair[1]])
        chapters = [chapter for chapter, _ in fitting[:CHAPTERS]]
        return {
            "chapters": chapters,
            "is_empty": not above,
            "to_complete": proposals.to_complete(self.person),
            "contact": queries.site_texts(),
        }


class TeamDesk(Component):
    """All loges for OpenLoge's team, those that wait for an answer first."""

    template_name = "cms/desk/team.html"
    order = 10

    def __init__(self, person: Any) -> None:
        self.person = person

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
        """What the template shows. Three statements, and some for each loge that waits."""
        found = sorted(Loge.objects.all(), key=lambda loge: (loge.state != "PENDING_OPENING", loge.city, loge.name))
        pages = {page.loge_id: page for page in LogePage.objects.filter(loge__in=found)}
        leading = domain.coordinators(loge.pk for loge in found)
        rows = [
            {
                "loge": loge,
                "page": pages.get(loge.pk),
                "coordinators": [member.person for member in leading[loge.pk]],
                "buttons": buttons(self.person, "loge", loge),
            }
            for loge in found
        ]
        return {"rows": rows, "may_found": permissions.may_found(self.person)}


def show_desk(request: HttpRequest, panels: list[Any]) -> None:
    """Put the desk in place of Wagtail's panels; the team keeps those, below its own."""
    person = request.user
    if person.is_staff:
        panels[:0] = [WaitingDesk(person), TeamDesk(person)]
        return
    own = own_loges(person)
    panels[:] = [LogeDesk(loge, person) for loge in own]
    if queries.handbook(person) is not None:
        panels.append(HandbookDesk(person, {loge.state for loge in own}))


def own_loges(person: Any) -> list[Loge]:
    """The loges in which a person has some right now."""
    ids = permissions.grants(person).values("content_object_id")
    return list(Loge.objects.filter(pk__in=ids).order_by("name", "pk"))


FOR_EDITORS = ("evenements", "equipe", "cahier-de-bonnes-pratiques", "images", "documents")
"""What the menu keeps of Wagtail's for those who aren't of the team, by name."""


def shorten_menu(request: HttpRequest, items: list[MenuItem]) -> None:
    """The loges one writes in, their events, the handbook, pictures and papers; nothing else."""
    if request.user.is_staff:
        return
    kept = [item for item in items if item.name in FOR_EDITORS]
    pages = LogePage.objects.filter(loge__in=permissions.scope(Loge.objects.all(), request.user, "edit_content"))
    own = [
        MenuItem(
            "Ma loge" if len(pages) == 1 else page.title,
            reverse("wagtailadmin_explore", args=[page.pk]),
            name=f"loge-{page.pk}",
            icon_name="home",
            order=100,
        )
        for page in pages
    ]
    if not own:  # who only reads the handbook has no pictures and papers to keep
        kept = [item for item in kept if item.name == "cahier-de-bonnes-pratiques"]
    items[:] = [*own, *kept]


def shorten_help(request: HttpRequest, items: list[MenuItem]) -> None:
    """Without Wagtail's own pages, which are in English."""
    items[:] = [item for item in items if "wagtail.org" not in str(item.url)]
