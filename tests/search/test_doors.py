"""Every action that changes what search shows: the answer follows in the same transaction."""

from datetime import date, time

import pytest

from loges import signals
from loges.actions import experts, loges, reviews, services
from loges.actions.experts import DatedWindow, OfferTerms, WeeklyWindow
from loges.actions.loges import TerritoryOutline
from loges.geography import Point
from loges.models import ExpertProfile, Loge, Service, ServicePhrase
from search.models import ExpertEntry
from search.queries import ExpertSearch, search_experts
from tests.factories import NOW, TODAY, ExpertProfileFactory, LogeMembershipFactory, OfferFactory, ReviewFactory, tell
from tests.search import town
from tests.search.town import Town, found

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_index")]


@pytest.fixture
def here(empty_index: None) -> Town:
    return town.build()


@pytest.fixture
def zoe(here: Town) -> ExpertProfile:
    return town.expert(here.lyon, "menage")


def test_publish_shows_an_expert(here: Town) -> None:
    submitted = ExpertProfileFactory(loge=here.lyon, submitted=True, papers=True)
    before = found()

    experts.publish(by=here.coordinator, expert=submitted, now=NOW)

    assert (before, found()) == ([], [submitted])


def test_pause_and_resume_hide_and_show_an_expert(here: Town, zoe: ExpertProfile) -> None:
    before = found("ménage")

    experts.pause(by=here.coordinator, expert=zoe, until_on=None, now=NOW)
    paused = found("ménage")
    experts.resume(by=here.coordinator, expert=zoe, now=NOW)

    assert (before, paused, found("ménage")) == ([zoe], [], [zoe])


def test_suspend_and_reinstate_hide_and_show_an_expert(here: Town, zoe: ExpertProfile) -> None:
    experts.suspend(by=here.team, expert=zoe, reason="À vérifier", now=NOW)
    suspended = found()
    experts.reinstate(by=here.team, expert=zoe, now=NOW)

    assert (suspended, found()) == ([], [zoe])


def test_leave_hides_an_expert_for_good(here: Town, zoe: ExpertProfile) -> None:
    experts.leave(by=zoe.person, expert=zoe, now=NOW)

    assert found() == []
    assert not ExpertEntry.objects.exists()


def test_edit_changes_the_words_and_the_place(here: Town, zoe: ExpertProfile) -> None:
    changes = {"headline": "Trompettiste", "languages": ["pt"], "latitude": 45.9}

    experts.edit(by=zoe.person, expert=zoe, changes=changes)

    assert found("trompettiste") == [zoe]
    assert found(languages=("pt",)) == [zoe]
    assert found(near=zoe.loge.territory.shape.center) == []


def test_area_limits_where_an_expert_is_found(here: Town, zoe: ExpertProfile) -> None:
    center = zoe.loge.territory.shape.center
    west = [[4.7, 45.7], [4.83, 45.7], [4.83, 45.8], [4.7, 45.8], [4.7, 45.7]]
    inside, outside = Point(center.latitude, 4.82), center

    experts.edit(by=zoe.person, expert=zoe, changes={"area": {"type": "Polygon", "coordinates": [west]}})
    drawn = found(near=inside), found(near=Point(45.77, 4.83)), found(near=outside), found("ménage")
    experts.edit(by=zoe.person, expert=zoe, changes={"area": None})

    assert drawn == ([zoe], [zoe], [], [zoe])
    assert found(near=outside) == [zoe]


def test_set_offers_changes_the_services(here: Town, zoe: ExpertProfile) -> None:
    terms = OfferTerms(service=Service.objects.get(slug="repassage"), unit="HOUR", price_cents=1_800)

    experts.set_offers(by=zoe.person, expert=zoe, offers=[terms])

    assert found(services=("repassage",), max_price_cents=1_800) == [zoe]
    assert found(services=("menage",)) == []


def test_set_availability_changes_the_days(here: Town, zoe: ExpertProfile) -> None:
    tuesday, wednesday = date(2026, 3, 3), date(2026, 3, 4)
    weekly = [WeeklyWindow(weekday=1, starts=time(9), ends=time(12))]
    dated = [DatedWindow(on=wednesday, starts=time(14), ends=time(16), is_open=True)]

    experts.set_availability(by=zoe.person, expert=zoe, weekly=weekly, dated=dated)
    free = [found(free_on=day) for day in (tuesday, wednesday, date(2026, 3, 5))]
    experts.set_availability(by=zoe.person, expert=zoe, weekly=[], dated=[])

    assert free == [[zoe], [zoe], []]
    assert found(free_on=tuesday) == []


def test_verify_gives_a_badge(here: Town, zoe: ExpertProfile) -> None:
    experts.verify(
        by=here.coordinator, expert=zoe, kind="DIPLOMA", checker_role="COORDINATOR", checked_on=TODAY, now=NOW
    )

    assert found(badges=("DIPLOMA",)) == [zoe]


def test_reveal_and_reject_change_the_rating(here: Town, zoe: ExpertProfile) -> None:
    review = ReviewFactory(expert=zoe, rating=5)
    sealed = found(minimum_rating=4.5)

    reviews.reveal(by=None, review=review, now=NOW)
    revealed = found(minimum_rating=4.5)
    reviews.report(by=zoe.person, review=review, reason="Ce n'était pas moi.", now=NOW)
    reviews.reject(by=here.team, review=review, reason="Autre expert", now=NOW)

    assert (sealed, revealed, found(minimum_rating=4.5)) == ([], [zoe], [])


def test_loge_pause_resume_and_close_carry_its_experts(here: Town, zoe: ExpertProfile) -> None:
    loge = here.lyon

    loges.pause(by=here.coordinator, loge=loge, message="Congés", until_on=None, now=NOW)
    paused = found()
    loges.resume(by=here.coordinator, loge=loge, now=NOW)
    resumed = found()
    loges.close(by=here.team, loge=loge, message="Merci à tous", now=NOW)

    assert (paused, resumed, found()) == ([], [zoe], [])


def test_loge_open_shows_its_experts_and_its_place(here: Town) -> None:
    outline = TerritoryOutline(latitude=48.84, longitude=2.38, radius_meters=800, postcodes=["75012"])
    loge = loges.create(
        by=here.team, slug="bercy", name="Bercy", city="Paris", neighbourhood="Bercy", territory=outline, now=NOW
    )
    LogeMembershipFactory(loge=loge, coordinator=True)
    zoe = town.expert(loge, "menage")
    before = found("ménage 75012")
    loge.state = "PENDING_OPENING"
    loge.save()

    loges.open(by=here.team, loge=loge, now=NOW)

    assert (before, found("ménage 75012"), found("à Bercy")) == ([], [zoe], [zoe])


def test_draw_moves_the_postcodes(here: Town, zoe: ExpertProfile) -> None:
    outline = TerritoryOutline(latitude=45.77, longitude=4.83, radius_meters=800, postcodes=["69001"])

    loges.draw(by=here.team, loge=here.lyon, territory=outline, now=NOW)

    assert (found(postcode="69001"), found(postcode="69004")) == ([zoe], [])
    assert found("ménage 69001") == [zoe]


def test_news_of_a_loge_move_the_postcodes(here: Town, zoe: ExpertProfile) -> None:
    here.lyon.territory.postcodes = ["69001"]
    here.lyon.territory.save()

    signals.loge_changed.send(Loge, loge=here.lyon, transition=None, by=None, now=NOW)
    tell(zoe)

    assert (found(postcode="69001"), found(postcode="69004")) == ([zoe], [])
    assert found("ménage 69001") == [zoe]


def test_add_and_remove_phrase_change_what_is_understood(here: Town, zoe: ExpertProfile) -> None:
    before = found("trampoline")

    services.add_phrase(service=Service.objects.get(slug="menage"), text="trampoline")
    added = found("trampoline")
    services.remove_phrase(phrase=ServicePhrase.objects.get(text="trampoline"))

    assert (before, added, found("trampoline")) == ([], [zoe], [])


def test_load_renames_a_service_in_the_index(here: Town, zoe: ExpertProfile) -> None:
    service = Service.objects.get(slug="menage")
    Service.objects.filter(pk=service.pk).update(name="Grand ramdam")

    services.load({"families": [], "services": [], "not_us": [], "ambiguous_terms": []})

    facets = search_experts(ExpertSearch(text="ramdam")).facets
    assert "Grand ramdam" in [facet.label for facet in facets]
    assert found("ramdam") == [zoe]


def test_offers_written_behind_the_back_wait_for_news(here: Town, zoe: ExpertProfile) -> None:
    OfferFactory(expert=zoe, service=Service.objects.get(slug="repassage"))
    before = found(services=("repassage",))

    experts.edit(by=zoe.person, expert=zoe, changes={"headline": "Repasse aussi"})

    assert (before, found(services=("repassage",))) == ([], [zoe])
