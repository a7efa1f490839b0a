"""Reads of the domain, named by what they return; each says how many SQL statements it costs where that matters."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Case, Count, Exists, F, Max, Min, Model, OuterRef, Prefetch, Q, QuerySet, Sum, When

from loges import clock, permissions
from loges.geography import Point, distance_m
from loges.machines import Actor, Machine
from loges.models import (
    AmbiguousTerm,
    BusinessIdentity,
    CommissionPolicy,
    Event,
    EventOccurrence,
    EventSpeaker,
    ExpertProfile,
    ForeignPhrase,
    Loge,
    LogeMembership,
    Offer,
    Person,
    Review,
    SearchMiss,
    Service,
    ServiceFamily,
    ServicePhrase,
    Territory,
    TransitionLog,
    Verification,
    VocabularyVersion,
)
from loges.permissions import Viewer
from loges.shapes import Shape, overlap
from loges.sharing import Breakdown, share

ASKED_DAYS = 90
"""For how many days demand is remembered when it is told."""

MOST_WORDS_ASKED = 500
"""How many different words, understood by no service, are looked at when demand is told."""


class NoPolicy(Exception):
    """No policy of shares is in force yet."""


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One thing to do before a loge may ask to open: key, French label, done or not."""

    key: str
    label: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which loges serve a point: those at home there, those being prepared there, and the nearest others (metres)."""

    loges: list[Loge]
    preparing: list[Loge]
    neighbours: list[tuple[Loge, float]]


@dataclass(frozen=True, slots=True)
class Overlap:
    """An open loge whose territory shares too much with another: `percent` of the smaller one, rounded up."""

    loge: Loge
    percent: int

    def __str__(self) -> str:
        allowed = settings.TERRITORY_OVERLAP_PERCENT
        return (
            f"Le territoire de «\u00a0{self.loge}\u00a0» est en partie le même\u00a0: {self.percent}\u00a0% du plus "
            f"petit des deux. Entre loges ouvertes, {allowed}\u00a0% au plus."
        )


@dataclass(frozen=True, slots=True)
class LogeFigures:
    """How many experts of a loge may be seen, and what their ratings add up to."""

    experts: int = 0
    rating_count: int = 0
    rating_sum: int = 0


@dataclass(frozen=True, slots=True)
class MoneyPreview:
    """A breakdown together with the policy it follows and whether coordinator and expert are the same person."""

    breakdown: Breakdown
    policy: CommissionPolicy
    is_coordinator_the_expert: bool


# --- Loges ---------------------------------------------------------------------------------------


def loges(person: Viewer) -> QuerySet[Loge]:
    """The loges that may be seen, those of a city together, with their territory."""
    return permissions.visible(Loge.objects.all(), person).select_related("territory").order_by("city", "name", "pk")


def loge(slug: str, person: Viewer) -> Loge | None:
    """The loge with that slug, if it may be seen."""
    return loges(person).filter(slug=slug).first()


def loges_in_order(slugs: Iterable[str], person: Viewer) -> list[Loge]:
    """The loges with these slugs that may be seen, in the order of the slugs. One statement, none without slugs."""
    wanted = list(slugs)
    rows = {row.slug: row for row in loges(person).filter(slug__in=wanted)} if wanted else {}
    return [rows[slug] for slug in wanted if slug in rows]


def coordinators(loge_ids: Iterable[int]) -> dict[int, list[LogeMembership]]:
    """The coordinators now in charge, also by interim, by loge, the longest serving first. One statement."""
    found: dict[int, list[LogeMembership]] = {pk: [] for pk in loge_ids}
    members = LogeMembership.objects.filter(_in_charge(), loge_id__in=found)
    for member in members.select_related("person").order_by("starts_at", "pk"):
        found[member.loge_id].append(member)
    return found


def members(loge: Loge) -> QuerySet[LogeMembership]:
    """Who has a role in a loge now, those who lead it first, the longest serving first. One statement."""
    found = LogeMembership.objects.filter(permissions.in_force("ends_at", clock.now()), loge=loge)
    leads = Case(When(_in_charge(), then=0), default=1)
    return found.select_related("loge", "person", "granted_by").order_by(leads, "starts_at", "pk")


def leading(person: Person) -> QuerySet[LogeMembership]:
    """The memberships by which a person leads a loge now, also by interim, each with its loge."""
    return LogeMembership.objects.filter(_in_charge(), person=person).select_related("loge").order_by("pk")


def loge_figures(loge_ids: Iterable[int], person: Viewer) -> dict[int, LogeFigures]:
    """The figures of those loges, by loge. One statement."""
    found = {pk: LogeFigures() for pk in loge_ids}
    rows = (
        permissions.visible(ExpertProfile.objects.filter(loge_id__in=found), person)
        .order_by()
        .values("loge_id")
        .annotate(experts=Count("pk"), ratings=Sum("rating_count"), total=Sum("rating_sum"))
    )
    for row in rows:
        found[row["loge_id"]] = LogeFigures(row["experts"], row["ratings"] or 0, row["total"] or 0)
    return found


def services_of_loges(loge_ids: Iterable[int], person: Viewer) -> dict[int, list[Service]]:
    """The services that the experts of those loges offer, by loge, in the taxonomy's order. One statement."""
    found: dict[int, list[Service]] = {pk: [] for pk in loge_ids}
    offered = permissions.visible(Offer.objects.filter(expert__loge_id__in=found), person)
    rows = Service.objects.filter(offers__in=offered).annotate(loge_id=F("offers__expert__loge_id"))
    for service in rows.select_related("family").order_by("position", "pk").distinct():
        found[service.loge_id].append(service)
    return found


def coverage(near: Point, person: Viewer, *, neighbours: int = 3) -> Coverage:
    """Which loges serve that point. One statement; inside means inside or on the border."""
    at_home: list[Loge] = []
    others: list[tuple[Loge, float]] = []
    for found in loges(person):
        if found.territory.shape.contains(near):
            at_home.append(found)
        elif found.state in permissions.LOGES_WITH_A_PAGE:
            others.append((found, distance_m(near, found.territory.shape.center)))
    others.sort(key=lambda pair: (pair[1], pair[0].pk))
    return Coverage(
        loges=[loge for loge in at_home if loge.state in permissions.LOGES_WITH_A_PAGE],
        preparing=[loge for loge in at_home if loge.state not in permissions.LOGES_WITH_A_PAGE],
        neighbours=others[:neighbours],
    )


def loges_at(near: Point, person: Viewer) -> list[Loge]:
    """The loges whose territory holds the point, by bounding box in SQL, then by shape."""
    boxes = Territory.objects.filter(
        south__lte=near.latitude, north__gte=near.latitude, west__lte=near.longitude, east__gte=near.longitude
    )
    candidates = loges(person).filter(pk__in=boxes.values("loge_id"))
    return [loge for loge in candidates if loge.territory.shape.contains(near)]


def overlaps(territory: Territory) -> list[Overlap]:
    """The other open loges with which a territory shares more than TERRITORY_OVERLAP_PERCENT, by name.

    One statement, by bounding boxes; then the shapes are compared.
    """
    south, north, west, east = territory.shape.box
    near = Territory.objects.filter(south__lte=north, north__gte=south, west__lte=east, east__gte=west)
    others = near.filter(loge__state="ACTIVE").exclude(loge=territory.loge_id).select_related("loge")
    shared = (
        (other.loge, 100 * overlap(territory.shape, other.shape)) for other in others.order_by("loge__name", "pk")
    )
    return [
        Overlap(loge, math.ceil(percent)) for loge, percent in shared if percent > settings.TERRITORY_OVERLAP_PERCENT
    ]


def published_experts(loge: Loge) -> int:
    """How many profiles are published in a loge, whether it is open or not. One statement."""
    return ExpertProfile.objects.filter(loge=loge, state="PUBLISHED").count()


def opening_checklist(loge: Loge) -> list[ChecklistItem]:
    """What a loge needs before it may ask to open, and whether it is there."""
    published = published_experts(loge)
    in_charge = coordinators([loge.pk])[loge.pk]
    signed = any(member.charter_signed_on for member in in_charge)
    wanted = f"{loge.min_experts} profils publiés au moins ({published} pour l'instant)"
    return [
        ChecklistItem("territory", "Territoire dessiné", Territory.objects.filter(loge=loge).exists()),
        ChecklistItem("charter", "Charte signée par le coordinateur", signed),
        ChecklistItem("experts", wanted, published >= loge.min_experts),
    ]


def last_transition(thing: Model, machine: Machine, name: str) -> TransitionLog | None:
    """The latest time that a thing went through a transition."""
    logs = TransitionLog.objects.filter(machine=machine.name, object_id=thing.pk, transition=name)
    return logs.select_related("actor").order_by("-at", "-pk").first()


def last_change(thing: Model, machine: Machine) -> TransitionLog | None:
    """The latest transition that a thing went through."""
    return TransitionLog.objects.filter(machine=machine.name, object_id=thing.pk).order_by("-at", "-pk").first()


def arrivals(things: Iterable[Model], machine: Machine, state: str) -> dict[int, TransitionLog]:
    """The latest time that each of these came to a state, by thing. One statement."""
    ids = [thing.pk for thing in things]
    logs = TransitionLog.objects.filter(machine=machine.name, object_id__in=ids, to_state=state)
    return {log.object_id: log for log in logs.order_by("at", "pk")}


# --- Experts -------------------------------------------------------------------------------------


def experts(person: Viewer) -> QuerySet[ExpertProfile]:
    """The experts that may be seen, with their person and loge, and whether they coordinate it."""
    return (
        permissions.visible(ExpertProfile.objects.all(), person)
        .select_related("person", "person__business", "loge", "loge__territory")
        .annotate(is_coordinator=_coordinates("loge_id", "person_id"))
        .order_by("pk")
    )


def coordinating(experts: Iterable[ExpertProfile]) -> dict[int, bool]:
    """Which of these experts coordinate their own loge, by expert. One statement."""
    rows = list(experts)
    members = coordinators(row.loge_id for row in rows)
    return {row.pk: any(member.person_id == row.person_id for member in members[row.loge_id]) for row in rows}


def _coordinates(loge: str, person: str) -> Exists:
    """Whether the person at one path coordinates the loge at the other."""
    return Exists(LogeMembership.objects.filter(_in_charge(), loge=OuterRef(loge), person=OuterRef(person)))


def _in_charge() -> Q:
    """The memberships of those who lead a loge now."""
    leading = [role for role, told in permissions.ROLES.items() if told.acts_as is Actor.COORDINATOR]
    return Q(permissions.in_force("ends_at", clock.now()), role__in=leading)


def expert(loge_slug: str, slug: str, person: Viewer) -> ExpertProfile | None:
    """An expert by loge and slug, if they may be seen."""
    return experts(person).filter(loge__slug=loge_slug, slug=slug).first()


def experts_named(names: Iterable[tuple[str, str]], person: Viewer) -> list[ExpertProfile]:
    """The experts with these pairs of loge and expert slugs, if they may be seen. One statement."""
    either = Q()
    for loge_slug, slug in names:
        either |= Q(loge__slug=loge_slug, slug=slug)
    return list(experts(person).filter(either)) if either else []


def experts_in_order(ids: list[int], person: Viewer) -> list[ExpertProfile]:
    """The experts with these ids that may be seen, in the order of the ids: the index ranks, the database decides."""
    rows = {row.pk: row for row in experts(person).filter(pk__in=ids)}
    return [rows[pk] for pk in ids if pk in rows]


def experts_coming_to(near: Point) -> list[int]:
    """The ids of the published experts whose own area covers the point or ends there, in order.

    One statement, by bounding boxes; then the outlines are asked. Whose area is their loge's isn't among them.
    """
    boxes = ExpertProfile.objects.filter(
        area_south__lte=near.latitude,
        area_north__gte=near.latitude,
        area_west__lte=near.longitude,
        area_east__gte=near.longitude,
    )
    drawn = boxes.filter(state="PUBLISHED").order_by().values_list("pk", "area")
    # Sorted here: asked for their order, SQLite reads every profile by id instead of the few that the boxes leave.
    return sorted(pk for pk, area in drawn if Shape(near, 0, area).contains(near))


def offers(person: Viewer) -> QuerySet[Offer]:
    """The offers that may be seen, with their service, in their expert's order."""
    return (
        permissions.visible(Offer.objects.all(), person)
        .select_related("service", "service__family")
        .order_by("expert_id", "position", "pk")
    )


def verifications(on: date) -> QuerySet[Verification]:
    """The checks that still hold on that day."""
    holding = Q(expires_on__isnull=True) | Q(expires_on__gte=on)
    return Verification.objects.filter(holding, checked_on__lte=on).order_by("expert_id", "kind")


def reviews(person: Viewer) -> QuerySet[Review]:
    """The reviews that may be seen, newest first."""
    return permissions.visible(Review.objects.all(), person).order_by("-published_at", "-pk")


def reviews_with_expert(person: Viewer) -> QuerySet[Review]:
    """The reviews that may be seen, newest first, each with its expert as `experts` would give them."""
    joined = ("person", "person__business", "loge", "loge__territory")
    return reviews(person).select_related("expert", *(f"expert__{path}" for path in joined))


# --- Services and words --------------------------------------------------------------------------


def service_families() -> QuerySet[ServiceFamily]:
    """The families in their order, each with its services. Two statements."""
    services = Service.objects.order_by("position", "pk")
    return ServiceFamily.objects.order_by("position", "pk").prefetch_related(Prefetch("services", services))


def services() -> QuerySet[Service]:
    """All services in their order, with their words and family."""
    return Service.objects.order_by("position", "pk").select_related("family").prefetch_related("phrases")


def services_of_families(family_ids: Iterable[int]) -> QuerySet[Service]:
    """The services of those families, in their order."""
    return Service.objects.filter(family_id__in=list(family_ids)).select_related("family").order_by("position", "pk")


def synonyms(service_ids: Iterable[int]) -> dict[int, list[str]]:
    """The other names of those services, by service. One statement."""
    found: dict[int, list[str]] = {pk: [] for pk in service_ids}
    for phrase in ServicePhrase.objects.filter(service_id__in=found, kind="SYNONYM").order_by("pk"):
        found[phrase.service_id].append(phrase.text)
    return found


def services_in_order(slugs: Iterable[str]) -> list[Service]:
    """The services with these slugs, in the order of the slugs. One statement, none without slugs."""
    wanted = list(slugs)
    if not wanted:
        return []
    rows = {row.slug: row for row in Service.objects.filter(slug__in=wanted).select_related("family")}
    return [rows[slug] for slug in wanted if slug in rows]


def ambiguous_terms() -> QuerySet[AmbiguousTerm]:
    """The words that may mean several services, with their possible meanings."""
    return AmbiguousTerm.objects.order_by("term").prefetch_related("choices__service")


def foreign_phrases() -> list[str]:
    """Words for what a loge doesn't do."""
    return list(ForeignPhrase.objects.order_by("text").values_list("text", flat=True))


def vocabulary_version() -> int:
    """The number that grows with every change of words. One cheap statement."""
    return VocabularyVersion.objects.filter(pk=1).values_list("number", flat=True).first() or 0


# --- Events --------------------------------------------------------------------------------------


def events(person: Viewer) -> QuerySet[Event]:
    """The events that may be seen, with their loge."""
    return permissions.visible(Event.objects.all(), person).select_related("loge").order_by("pk")


def occurrences(
    person: Viewer,
    *,
    loge_slug: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    loge_ids: Iterable[int] | None = None,
) -> QuerySet[EventOccurrence]:
    """The dates that may be seen, earliest first: those that end after `since` and begin before `until`."""
    found = permissions.visible(EventOccurrence.objects.all(), person).select_related("event", "event__loge")
    if loge_slug is not None:
        found = found.filter(event__loge__slug=loge_slug)
    if loge_ids is not None:
        found = found.filter(event__loge_id__in=list(loge_ids))
    if since is not None:
        found = found.filter(ends_at__gt=since)
    if until is not None:
        found = found.filter(starts_at__lt=until)
    return found.order_by("starts_at", "pk")


def next_dates(event_ids: Iterable[int], *, since: datetime) -> dict[int, datetime]:
    """When each of these events takes place next, whether it is public or not, by event. One statement."""
    coming = EventOccurrence.objects.filter(event_id__in=list(event_ids), ends_at__gt=since)
    held = coming.exclude(state="CANCELLED").order_by().values("event_id").annotate(at=Min("starts_at"))
    return dict(held.values_list("event_id", "at"))


def changeable_dates(person: Viewer) -> QuerySet[EventOccurrence]:
    """The dates to come that a person may move or cancel, with their event and its loge, earliest first."""
    coming = EventOccurrence.objects.filter(ends_at__gt=clock.now()).exclude(state__in=("CANCELLED", "HELD"))
    found = permissions.scope(coming, person, "move").filter(event__is_published=True)
    return found.select_related("event", "event__loge").order_by("starts_at", "pk")


def speakers(event_ids: Iterable[int], person: Viewer) -> dict[int, list[EventSpeaker]]:
    """Who speaks at each event; experts who may not be seen are left out. Two statements."""
    found: dict[int, list[EventSpeaker]] = {pk: [] for pk in event_ids}
    for speaker in EventSpeaker.objects.filter(event_id__in=found).order_by("position", "pk"):
        found[speaker.event_id].append(speaker)
    experts_by_id = {
        row.pk: row
        for row in experts(person).filter(
            pk__in={s.expert_id for rows in found.values() for s in rows if s.expert_id}
        )
    }
    for rows in found.values():
        rows[:] = [row for row in rows if row.expert_id is None or row.expert_id in experts_by_id]
        for row in rows:
            if row.expert_id:
                row.expert = experts_by_id[row.expert_id]
    return found


# --- Money ---------------------------------------------------------------------------------------


def policy_in_force(on: date) -> CommissionPolicy:
    """The policy of shares in force on that day. Raises NoPolicy."""
    policy = CommissionPolicy.objects.filter(valid_from_on__lte=on).order_by("-valid_from_on").first()
    if policy is None:
        raise NoPolicy(str(on))
    return policy


def money_preview(
    price_cents: int, *, on: date, offer: Offer | None = None, loge: Loge | None = None
) -> MoneyPreview:
    """Where `price_cents` would go that day: for an offer, for a loge, or in general. At most four statements.

    Somebody whose VAT regime isn't known counts as not charging VAT. Raises NotShareable, NoPolicy.
    """
    loge_id = offer.expert.loge_id if offer else loge.pk if loge else None
    people = _People.of([loge_id] if loge_id else [], [offer.expert.person_id] if offer else [])
    return people.preview(price_cents, policy_in_force(on), loge_id, offer.expert.person_id if offer else None)


def money_examples(prices_cents: Iterable[int], *, on: date) -> dict[int, MoneyPreview]:
    """Where each price would go that day if nobody charged VAT, by price. One statement.

    Raises NotShareable, NoPolicy.
    """
    policy, people = policy_in_force(on), _People({}, {})
    return {price: people.preview(price, policy, None, None) for price in prices_cents}


def money_previews(offers: Iterable[Offer], *, on: date) -> dict[int, MoneyPreview]:
    """Where the price of each offer goes that day, by offer; those without a price are left out. Four statements."""
    rows = [offer for offer in offers if offer.price_cents is not None]
    experts_by_id = ExpertProfile.objects.in_bulk({offer.expert_id for offer in rows})
    people = _People.of(
        {expert.loge_id for expert in experts_by_id.values()},
        {expert.person_id for expert in experts_by_id.values()},
    )
    policy = policy_in_force(on) if rows else None
    found = {}
    for offer in rows:
        expert = experts_by_id[offer.expert_id]
        if policy is not None and offer.price_cents is not None:
            found[offer.pk] = people.preview(offer.price_cents, policy, expert.loge_id, expert.person_id)
    return found


@dataclass(frozen=True, slots=True)
class _People:
    """The VAT rates of some experts and coordinators, read once."""

    coordinator_of: dict[int, int]
    vat_of: dict[int, int]

    @classmethod
    def of(cls, loge_ids: Iterable[int], person_ids: Iterable[int]) -> "_People":
        members = coordinators(loge_ids)
        in_charge = {loge_id: rows[0].person_id for loge_id, rows in members.items() if rows}
        everybody = {*person_ids, *in_charge.values()}
        rows = BusinessIdentity.objects.filter(person_id__in=everybody).values_list("person_id", "vat_basis_points")
        return cls(in_charge, dict(rows))

    def preview(
        self, price_cents: int, policy: CommissionPolicy, loge_id: int | None, expert_id: int | None
    ) -> MoneyPreview:
        coordinator = self.coordinator_of.get(loge_id) if loge_id else None
        rates = policy.rates(
            expert_vat=self.vat_of.get(expert_id, 0) if expert_id else 0,
            coordinator_vat=self.vat_of.get(coordinator, 0) if coordinator else 0,
        )
        is_same = expert_id is not None and coordinator == expert_id
        return MoneyPreview(share(price_cents, rates), policy, is_same)


# --- Demand --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """Something that residents looked for in a loge and didn't find: a service, or words that no service has.

    `count` is how often, `last_on` the last day.
    """

    service: Service | None
    words: str
    count: int
    last_on: date


def asked_without_expert(loges: Iterable[Loge], *, since: date, first: int = 10) -> dict[int, list[Asked]]:
    """What was looked for in each loge since that day and nobody there offers now, the most wanted first.

    At most `first` for each. Four statements.
    """
    rows = {loge.slug: loge.pk for loge in loges}
    offered = {pk: {one.slug for one in known} for pk, known in services_of_loges(rows.values(), None).items()}
    missed = SearchMiss.objects.filter(loge__in=rows, on__gte=since).order_by()
    by_service = missed.exclude(service="").values("loge", "service").annotate(total=Sum("count"), last=Max("on"))
    by_words = (
        missed.filter(service="")
        .values("loge", "words")
        .annotate(total=Sum("count"), last=Max("on"))
        .order_by("-total", "words")
    )
    known = {service.slug: service for service in services_in_order({row["service"] for row in by_service})}
    found: dict[int, list[Asked]] = {pk: [] for pk in rows.values()}
    for row in by_service:
        service, loge_id = known.get(row["service"]), rows[row["loge"]]
        if service is not None and service.slug not in offered[loge_id]:
            found[loge_id].append(Asked(service, service.name, row["total"], row["last"]))
    for missing in by_words[:MOST_WORDS_ASKED]:
        found[rows[missing["loge"]]].append(Asked(None, missing["words"], missing["total"], missing["last"]))
    return {pk: sorted(asked, key=lambda one: (-one.count, one.words))[:first] for pk, asked in found.items()}
