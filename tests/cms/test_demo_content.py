"""The demo's French content holds together before anybody loads it."""

import math
import re
from collections import Counter
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from dateutil.rrule import rrulestr
from shapely.geometry import Point, shape

from cms.block_tree import BODY
from cms.demo.pictures import SCENES

ROOT = Path(__file__).parents[2]
CONTENT = ROOT / "cms" / "demo" / "content"
DEMO_DAY = date(2026, 11, 24)
ALLOWED_TAGS = {"h2", "h3", "p", "ul", "ol", "li", "b", "i", "a"}
NO_BREAKING_SPACE = re.compile(r"\S [:;?!»%€]|« |\d h\b")


def read(name: str) -> Any:
    return yaml.safe_load((CONTENT / f"{name}.yaml").read_text(encoding="utf-8"))


def loges() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read("loges")["loges"]
    return found


def experts() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    return [(loge, expert) for loge in loges() for expert in loge["experts"]]


def chapters() -> list[dict[str, Any]]:
    return [chapter for part in read("handbook")["parts"] for chapter in part["chapters"]]


def bodies() -> list[list[dict[str, Any]]]:
    network = read("pages")
    told = [
        row["body"] for row in [network["home"], *network["pages"], *read("blog")["posts"], *read("news")["news"]]
    ]
    return told + [chapter["body"] for chapter in chapters() if not isinstance(chapter["body"], str)]


def by_example() -> dict[str, Any]:
    return next(chapter for chapter in chapters() if chapter["slug"] == "les-blocs-par-l-exemple")


def rich_texts() -> list[str]:
    texts = read("texts")
    found = [row["answer"] for row in texts["questions"]] + [texts["site"]["commission_text"]]
    found += [chapter["body"] for chapter in chapters() if isinstance(chapter["body"], str)]
    return found + [block["html"] for body in bodies() for block in body if block["type"] == "rich_text"]


def words(value: Any) -> list[str]:
    """All the texts in a value, however deep."""
    if isinstance(value, dict):
        return [text for item in value.values() for text in words(item)]
    if isinstance(value, list):
        return [text for item in value for text in words(item)]
    return [value] if isinstance(value, str) else []


def services() -> dict[str, Any]:
    taxonomy = yaml.safe_load((ROOT / "loges" / "reference" / "taxonomy.yaml").read_text(encoding="utf-8"))
    return {service["slug"]: service for service in taxonomy["services"]}


def metres(loge: dict[str, Any], latitude: float, longitude: float) -> float:
    north = (latitude - loge["latitude"]) * 111_320
    east = (longitude - loge["longitude"]) * 111_320 * math.cos(math.radians(loge["latitude"]))
    return math.hypot(north, east)


def holds(loge: dict[str, Any], latitude: float, longitude: float) -> bool:
    if loge["territory_polygon"]:
        return bool(shape(loge["territory_polygon"]).contains(Point(longitude, latitude)))
    return bool(metres(loge, latitude, longitude) <= loge["radius_m"])


def test_content_counts_as_promised() -> None:
    counts = {
        "loges": [loge["state"] for loge in loges()],
        "experts": len(experts()),
        "reviews": len(read("reviews")["reviews"]),
        "events": len(read("events")["events"]),
        "news": Counter(row["loge"] for row in read("news")["news"]),
        "parts": len(read("handbook")["parts"]),
        "chapters": len(chapters()),
        "posts": len(read("blog")["posts"]),
        "team": len(read("people")["team"]),
        "residents": len(read("people")["residents"]),
    }

    assert counts == {
        "loges": ["ACTIVE", "ACTIVE", "ACTIVE", "PENDING_OPENING", "PREPARING", "PAUSED", "CLOSED"],
        "experts": 33,
        "reviews": 44,
        "events": 11,
        "news": {"paris-aligre": 3, "lyon-croix-rousse": 3, "lille-wazemmes": 2},
        "parts": 6,
        "chapters": 15,
        "posts": 6,
        "team": 2,
        "residents": 6,
    }


def test_emails_are_unique_except_a_coordinator_who_is_an_expert() -> None:
    people = read("people")
    emails = [expert["email"] for _, expert in experts()]
    emails += [person["email"] for person in people["team"] + people["residents"]]
    for loge in loges():
        own = [expert for expert in loge["experts"] if expert["is_coordinator"]]

        assert [expert["email"] for expert in own] == ([loge["coordinator"]["email"]] if loge["experts"] else [])
        if not own:
            emails.append(loge["coordinator"]["email"])

    assert [email for email, count in Counter(emails).items() if count > 1] == []
    assert all(re.fullmatch(r"[a-z-]+@[a-z-]+\.openloge\.example", email) for email in emails)


def test_slugs_are_unique_in_each_loge() -> None:
    for loge in loges():
        slugs = [expert["slug"] for expert in loge["experts"]]
        events = [event["slug"] for event in read("events")["events"] if event["loge"] == loge["slug"]]

        assert len(set(slugs)) == len(slugs)
        assert len(set(events)) == len(events)


def test_services_exist_in_the_taxonomy() -> None:
    known = services()

    offered = {offer["service"] for _, expert in experts() for offer in expert["offers"]}
    featured = {slug for loge in loges() for slug in loge["featured_services"]}

    assert offered - set(known) == set()
    assert featured - set(known) == set()


@pytest.mark.parametrize("loge", loges(), ids=lambda loge: loge["slug"])
def test_test_points_fall_where_they_say(loge: dict[str, Any]) -> None:
    answers = {point["name"]: holds(loge, point["latitude"], point["longitude"]) for point in loge["test_points"]}

    assert answers == {point["name"]: point["inside"] for point in loge["test_points"]}


@pytest.mark.parametrize("loge", loges(), ids=lambda loge: loge["slug"])
def test_expert_positions_are_inside_the_loge_and_blurred(loge: dict[str, Any]) -> None:
    for expert in loge["experts"]:
        position = expert["position"]

        assert metres(loge, **position) <= loge["radius_m"]
        assert holds(loge, **position)
        assert all(round(value, 4) == value for value in position.values())


def test_territories_that_are_drawn_are_two_closed_rings() -> None:
    drawn = [loge["territory_polygon"] for loge in loges() if loge["territory_polygon"]]

    assert len(drawn) == 2
    assert all(polygon["coordinates"][0][0] == polygon["coordinates"][0][-1] for polygon in drawn)
    assert all(shape(polygon).is_valid for polygon in drawn)


def test_experts_of_active_loges_are_all_published() -> None:
    active = [expert["state"] for loge, expert in experts() if loge["state"] == "ACTIVE"]
    others = Counter(expert["state"] for loge, expert in experts() if loge["state"] != "ACTIVE")

    assert active == ["PUBLISHED"] * 25
    assert others == {"PUBLISHED": 5, "PAUSED": 1, "DRAFT": 1, "AWAITING_COORDINATOR": 1}


def test_badges_are_valid_on_the_demo_day() -> None:
    badges = [badge for _, expert in experts() for badge in expert["badges"]]

    assert all(badge["checked_on"] <= DEMO_DAY for badge in badges)
    assert all(badge["expires_on"] is None or badge["expires_on"] > DEMO_DAY for badge in badges)


def test_availability_windows_never_overlap() -> None:
    for _, expert in experts():
        rules = [(rule["weekday"], rule["from"], rule["to"]) for rule in expert["availability"]["rules"]]

        assert rules == sorted(rules)
        assert all(start < end for _, start, end in rules)
        assert all(first[0] < second[0] or first[2] <= second[1] for first, second in pairwise(rules))


def test_reviews_follow_their_mission_within_a_fortnight() -> None:
    active = {(loge["slug"], expert["slug"]) for loge, expert in experts() if loge["state"] == "ACTIVE"}

    for review in read("reviews")["reviews"]:
        assert (review["loge"], review["expert"]) in active
        assert 1 <= review["rating"] <= 5
        assert review["experience_on"] <= DEMO_DAY
        if review["state"] == "SEALED":
            assert review["published_on"] is None
        else:
            assert timedelta(0) <= review["published_on"] - review["experience_on"] <= timedelta(days=14)


def test_event_dates_follow_their_rule() -> None:
    for event in read("events")["events"]:
        if not event["recurrence"]:
            assert date(2026, 10, 24) <= event["starts_on"] <= date(2027, 1, 24)
            continue
        start = datetime.combine(event["starts_on"], datetime.min.time())
        dates = {day.date() for day in rrulestr(event["recurrence"], dtstart=start).xafter(start, 60, inc=True)}

        assert event["starts_on"] in dates
        assert {change["date"] for change in event["cancelled"] + event["moved"]} <= dates


def test_event_speakers_belong_to_the_loge() -> None:
    known = {(loge["slug"], expert["slug"]) for loge, expert in experts()}

    for event in read("events")["events"]:
        for speaker in event["speakers"]:
            assert set(speaker) in ({"expert"}, {"first_name", "topic"})
            assert "topic" in speaker or (event["loge"], speaker["expert"]) in known


def test_pictures_that_are_named_can_be_drawn() -> None:
    named = {loge["cover"] for loge in loges()} | {event["cover"] for event in read("events")["events"]}
    named |= {post["cover"] for post in read("blog")["posts"]}
    named |= {page["cover"] for page in read("pages")["pages"] if page["cover"]}
    blocks = [block for body in bodies() for block in body]
    named |= {block["image"] for block in blocks if block["type"] == "image"}
    galleries = [loge["gallery"] for loge in loges()]
    galleries += [block["images"] for block in blocks if block["type"] == "gallery"]
    named |= {image["image"] for gallery in galleries for image in gallery}
    named |= {flyer["image"] for flyer in read("texts")["flyers"]}

    assert named - set(SCENES) == set()


def test_blocks_have_the_fields_of_their_kind() -> None:
    for body in bodies():
        for block in body:
            kind = BODY.child_blocks[block["type"]]
            fields = {"html"} if block["type"] == "rich_text" else set(kind.child_blocks)

            assert set(block) - {"type"} <= fields


def test_chapter_about_blocks_shows_every_kind_after_a_sentence() -> None:
    body = by_example()["body"]
    told = re.findall(r"<b>([^<]+)\.</b>", "".join(block.get("html", "") for block in body))

    assert {block["type"] for block in body} == set(BODY.child_blocks)
    assert set(told) == {str(block.label) for block in BODY.child_blocks.values()}


def test_rich_text_uses_the_allowed_tags_only() -> None:
    for text in rich_texts():
        assert set(re.findall(r"</?([a-z0-9]+)", text)) <= ALLOWED_TAGS
        assert text.count("<p>") == text.count("</p>")


def test_links_lead_to_pages_and_documents_that_are_there() -> None:
    network, texts = read("pages"), read("texts")
    pages = {f"/{page['slug']}/" for page in network["pages"]}
    buttons = [block for body in bodies() for block in body if block["type"] == "call_to_action"]

    linked = {found for text in rich_texts() for found in re.findall(r'<a (\w+)="([^"]+)">', text)}
    linked |= {("page", button["page"]) for button in buttons if "page" in button}

    assert {name for kind, name in linked if kind == "page"} <= pages
    assert {name for kind, name in linked if kind == "document"} == {row["title"] for row in texts["documents"]}
    assert {kind for kind, _ in linked} == {"page", "document"}


def test_places_of_loges_are_inside_them() -> None:
    told = [(loge, loge["place"]) for loge in loges() if loge["place"]]

    assert [loge["slug"] for loge, _ in told] == ["paris-aligre", "lyon-croix-rousse", "lille-wazemmes"]
    assert all(holds(loge, place["latitude"], place["longitude"]) for loge, place in told)


def test_menu_has_three_pages_of_the_network() -> None:
    shown = [page["slug"] for page in read("pages")["pages"] if page["in_menu"]]

    assert shown == ["devenir-coordinateur", "comment-ca-marche", "ou-va-l-argent"]


def test_addresses_lead_to_nobody() -> None:
    told = " ".join(words([read(name) for name in ("texts", "news", "pages", "handbook", "loges", "blog")]))
    hosts = set(re.findall(r"https?://([^/\s\"]+)", told))

    assert all(host == "example.org" or host.endswith(".example") for host in hosts)
    assert read("texts")["site"]["contact_email"].endswith("@openloge.example")


@pytest.mark.parametrize("name", ["texts", "news", "pages", "handbook", "loges"])
def test_french_signs_never_stand_alone_on_a_line(name: str) -> None:
    found = [text for text in words(read(name)) if NO_BREAKING_SPACE.search(text)]

    assert found == []


def test_posts_have_the_length_of_an_article() -> None:
    for post in read("blog")["posts"]:
        text = " ".join(block.get("html", block.get("quote", "")) for block in post["body"])
        words = len(re.sub(r"<[^>]+>", " ", text).split())

        assert 500 <= words <= 900


def test_money_example_adds_up_to_the_cent() -> None:
    chapter = next(chapter for chapter in chapters() if chapter["slug"] == "ou-va-l-argent")

    amounts = re.findall(r"(\d+),(\d\d)\u00a0€", chapter["body"].split("</p>")[0])

    assert [int(euros) * 100 + int(cents) for euros, cents in amounts] == [4898, 501, 501, 100]
    assert sum(int(euros) * 100 + int(cents) for euros, cents in amounts) == 6000
