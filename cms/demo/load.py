"""Loads the demo: every write goes through the domain's own actions, by the people who would do it.

Deterministic: the same instants, the same order, the same ids on a new database, whichever it is.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from cms import first_day, tree
from cms.demo import pages, proposals, texts
from cms.demo.album import Album, EmptyAlbum
from cms.models import ExpertPortrait, LogePage
from loges import recurrence
from loges.actions import experts, loges, people, reviews
from loges.actions.experts import DatedWindow, OfferTerms, WeeklyWindow
from loges.actions.loges import TerritoryOutline
from loges.geography import Point
from loges.models import ExpertProfile, Loge, LogeMembership, Person, Service

CONTENT = Path(__file__).parent / "content"
Progress = Callable[[str], None]


def read(name: str) -> Any:
    """One of the demo's YAML files."""
    return yaml.safe_load((CONTENT / f"{name}.yaml").read_text(encoding="utf-8"))


def is_loaded() -> bool:
    """Whether the demo is there already."""
    return Loge.objects.exists()


def at(day: date, hour: int = 9) -> datetime:
    """That local day at that hour, as an instant."""
    return recurrence.instant(day, time(hour))


@transaction.atomic
def load(*, now: datetime, progress: Progress = lambda line: None, with_pictures: bool = True) -> None:
    """Load everything into an empty database, or nothing at all if something fails."""
    progress("Taxonomie : services et mots des habitants")
    home = first_day.prepare()
    team = _team()
    words, network = read("texts"), read("pages")
    texts.shared(words)
    texts.charter(**words["charter"], page=next(page for page in network["pages"] if page["slug"] == "charte"))
    rows = read("loges")["loges"]
    album = Album([expert for row in rows for expert in row["experts"]], progress) if with_pictures else EmptyAlbum()
    taxonomy = {service.slug: service for service in Service.objects.all()}
    for number, row in enumerate(rows, 1):
        progress(f"Loge {number}/{len(rows)} : {row['name']}")
        _loge(row, team, taxonomy, album, now)
    progress("Évaluations des habitants")
    _reviews(read("reviews")["reviews"], now, team)
    progress("Pages, événements, cahier de bonnes pratiques et blog")
    pages.network(home, network, album)
    texts.site(words, album)
    pages.blog(read("blog")["posts"], album)
    pages.events(read("events")["events"], album)
    pages.news(read("news")["news"], album)
    pages.handbook(read("handbook")["parts"], album)
    proposals.load(read("proposals")["proposals"], team)
    album.finish()


def _team() -> Person:
    """OpenLoge's people and some residents; answers the administrator."""
    started, listed = at(date(2025, 1, 6)), read("people")
    found = []
    for row in listed["team"]:
        person = people.register(
            by=None,
            email=row["email"],
            first_name=row["first_name"],
            last_name=row["last_name"],
            is_staff=True,
            now=started,
        )
        tree.welcome_to_team(person, is_administrator=row["role"] == "administrator")
        found.append(person)
    for row in listed["residents"]:
        people.register(
            by=None, email=row["email"], first_name=row["first_name"], last_name=row["last_name"], now=started
        )
    return found[0]


def _loge(row: dict[str, Any], team: Person, taxonomy: dict[str, Service], album: Album, now: datetime) -> None:
    opened = row["opened_on"] or now.date()
    born = at(opened - timedelta(days=75))
    lead = row["coordinator"]
    coordinator = people.register(
        by=team, email=lead["email"], first_name=lead["first_name"], last_name=lead["last_name"], now=born
    )
    is_liable = lead["vat"] == "liable"
    people.declare_business(
        by=coordinator,
        person=coordinator,
        legal_status="MICRO_ENTREPRENEUR",
        vat_regime="LIABLE" if is_liable else "FRANCHISE",
        vat_basis_points=2_000 if is_liable else 0,
    )
    loge = loges.create(
        by=team,
        slug=row["slug"],
        name=row["name"],
        city=row["city"],
        neighbourhood=row["neighbourhood"],
        also_called=row["also_called"],
        territory=_outline(row),
        # The demo's paused and closed loges tell their story without a team of their own.
        min_experts=5 if row["experts"] else 0,
        now=born,
    )
    member = loges.appoint(
        by=team,
        loge=loge,
        person=coordinator,
        role=LogeMembership.Role.COORDINATOR,
        quote=lead["quote"],
        now=born,
    )
    loges.sign_charter(by=coordinator, membership=member, on=born.date())
    album.open(loge)
    for profile in row["experts"]:
        _expert(profile, loge, coordinator, taxonomy, album, born + timedelta(days=20), now)
    pages.loge(LogePage.objects.get(loge=loge), row, album)
    _live(row, loge, coordinator, team, now)


def _outline(row: dict[str, Any]) -> TerritoryOutline:
    return TerritoryOutline(
        latitude=row["latitude"],
        longitude=row["longitude"],
        radius_meters=row["radius_m"],
        polygon=row["territory_polygon"],
        postcodes=row["postcodes"],
        insee_codes=row["insee_codes"],
    )


def _live(row: dict[str, Any], loge: Loge, coordinator: Person, team: Person, now: datetime) -> None:
    """Take the loge to the state that the demo shows."""
    if row["state"] == "PREPARING":
        return
    asked = at(row["opened_on"] - timedelta(days=2)) if row["opened_on"] else now - timedelta(days=3)
    loges.request_opening(by=coordinator, loge=loge, now=asked)
    if row["opened_on"]:
        loges.open(by=team, loge=loge, now=at(row["opened_on"]))
    if row["state"] == "PAUSED":
        loges.pause(
            by=coordinator,
            loge=loge,
            message=row["paused_reason"],
            until_on=row["paused_until"],
            now=at(row["paused_on"]),
        )
    if row["state"] == "CLOSED":
        loges.close(by=team, loge=loge, message=row["closed_reason"], now=at(row["closed_on"]))


def _expert(
    row: dict[str, Any],
    loge: Loge,
    coordinator: Person,
    taxonomy: dict[str, Service],
    album: Album,
    began: datetime,
    now: datetime,
) -> None:
    person = coordinator
    if not row["is_coordinator"]:
        person = people.register(
            by=coordinator, email=row["email"], first_name=row["first_name"], last_name=row["last_name"], now=began
        )
        is_company = row["legal_status"] == "COMPANY"
        people.declare_business(
            by=person,
            person=person,
            legal_status=row["legal_status"],
            vat_regime="LIABLE" if is_company else "FRANCHISE",
            vat_basis_points=1_000 if is_company else 0,
        )
    expert = experts.create(
        by=coordinator,
        loge=loge,
        person=person,
        slug=row["slug"],
        headline=row["headline"],
        presentation=row["presentation"],
        languages=row["languages"],
        position=Point(**row["position"]),
        now=began,
    )
    experts.set_offers(
        by=coordinator,
        expert=expert,
        offers=[
            OfferTerms(
                service=taxonomy[offer["service"]],
                unit=offer["unit"],
                price_cents=offer["cents"],
                title=offer["title"],
                minimum_minutes=offer["minimum_minutes"],
            )
            for offer in row["offers"]
        ],
    )
    experts.set_availability(by=person, expert=expert, weekly=_weekly(row), dated=_dated(row))
    for badge in row["badges"]:
        experts.verify(
            by=coordinator,
            expert=expert,
            kind=badge["code"].upper(),
            checker_role=badge["checked_by"].upper(),
            checked_on=badge["checked_on"],
            expires_on=badge["expires_on"],
            now=now,
        )
    _show(expert, row["state"], person, coordinator, began)
    if picture := album.portrait(row):
        ExpertPortrait.objects.create(expert=expert, picture=picture)


def _show(expert: ExpertProfile, state: str, person: Person, coordinator: Person, began: datetime) -> None:
    """Take a profile to the state that the demo shows."""
    if state == "DRAFT":
        return
    experts.submit(by=person, expert=expert, now=began + timedelta(days=5))
    if state in {"PUBLISHED", "PAUSED"}:
        experts.publish(by=coordinator, expert=expert, now=began + timedelta(days=7))
    if state == "PAUSED":
        experts.pause(by=person, expert=expert, until_on=None, now=began + timedelta(days=30))


def _clock(text: str) -> time:
    return time.fromisoformat(text)


def _weekly(row: dict[str, Any]) -> list[WeeklyWindow]:
    rules = row["availability"]["rules"]
    return [WeeklyWindow(rule["weekday"], _clock(rule["from"]), _clock(rule["to"])) for rule in rules]


def _dated(row: dict[str, Any]) -> list[DatedWindow]:
    return [
        DatedWindow(rule["date"], _clock(rule["from"]), _clock(rule["to"]), rule["open"])
        for rule in row["availability"]["exceptions"]
    ]


def _reviews(rows: list[dict[str, Any]], now: datetime, team: Person) -> None:
    for row in rows:
        expert = ExpertProfile.objects.select_related("person").get(loge__slug=row["loge"], slug=row["expert"])
        left = at(row["experience_on"] + timedelta(days=1), 20)
        review = reviews.leave(
            expert=expert,
            author=None,
            author_first_name=row["author_first_name"],
            rating=row["rating"],
            text=row["text"],
            experience_on=row["experience_on"],
            now=left,
        )
        if row["state"] == "SEALED":
            continue
        shown = at(row["published_on"], 12)
        reviews.reveal(by=None, review=review, now=shown)
        if row["reply"]:
            reviews.reply(by=expert.person, review=review, text=row["reply"], now=shown + timedelta(hours=8))
        if row["state"] == "REPORTED":
            reviews.report(by=expert.person, review=review, reason="Je conteste cette version.", now=now)
