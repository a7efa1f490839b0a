"""The SQL of pages depends on the shape of the query alone: not on children, links, pictures, blocks or depth."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.models import PageViewRestriction, Site

from cms.models import BlogIndexPage, CharterVersion, Document, SiteTexts
from tests.factories import (
    NOW,
    TODAY,
    EventFactory,
    EventOccurrenceFactory,
    EventSpeakerFactory,
    ExpertProfileFactory,
    LogeFactory,
    LogeMembershipFactory,
    OfferFactory,
    ServiceFactory,
)
from tests.factories.pages import (
    BlogPostPageFactory,
    EditorialPageFactory,
    EventPageFactory,
    ExpertPortraitFactory,
    FaqEntryFactory,
    HandbookChapterPageFactory,
    HandbookPartPageFactory,
    LogeNewsPageFactory,
    LogePageFactory,
    PartnerFactory,
    PictureFactory,
)
from tests.graphql_api import site
from tests.graphql_api.site import Ask, Cost, nodes

pytestmark = pytest.mark.usefixtures("policy")


def listed(*values: Any) -> list[dict[str, Any]]:
    """A list as the editor keeps it."""
    return [{"type": "item", "id": f"point-{number}", "value": value} for number, value in enumerate(values)]


def picture() -> Any:
    """A picture small enough to be made thirty times."""
    return PictureFactory(drawn_width=40, drawn_height=30)


IMAGE = "alt url(size: CARD) sources(size: WIDE) { srcset formats { srcset } }"
BODY = f"""body {{
  __typename ... on Block {{ id }}
  ... on RichTextBlock {{ text {{ html ast references {{ __typename }} }} }}
  ... on ImageBlock {{ image {{ {IMAGE} }} }}
  ... on GalleryBlock {{ images {{ image {{ {IMAGE} }} }} }}
  ... on CallToActionBlock {{ page {{ path }} }}
  ... on DownloadBlock {{ document {{ url }} }}
  ... on FaqBlock {{ items {{ answer {{ html }} }} }}
  ... on PartnersBlock {{ partners {{ image {{ alt }} }} }}
}}"""
HEAD = "__typename id title cover { alt } breadcrumbs { title }"
PAGE = f"__typename id title path url cover {{ {IMAGE} }} breadcrumbs {{ title path }} {BODY}"


def rich_post(**values: Any) -> Any:
    """A post with a cover, and a body that refers to one of everything."""
    other = EditorialPageFactory()
    file = Document.objects.create(title="Papier", file=SimpleUploadedFile("papier.txt", b"Bonjour"))
    post = BlogPostPageFactory(cover=picture(), **values)
    site.fill(
        post,
        site.link(other),
        ("image", {"image": picture().pk, "alt": "x", "caption": ""}),
        ("call_to_action", {"label": "Lire", "page": other.pk}),
        ("download", {"label": "Lire", "document": file.pk}),
        ("faq", {"items": [], "shared_items": listed(FaqEntryFactory(answer=site.link(other)[1]).pk)}),
        ("partners", {"partners": [], "shared_partners": listed(PartnerFactory(image=picture()).pk)}),
    ).save()
    return post


def test_posts_with_covers_and_bodies_cost_the_same_for_one_and_for_twelve(cost: Cost, ask: Ask) -> None:
    query = f"query($first: Int!) {{ blogPosts(first: $first) {{ totalCount edges {{ node {{ {PAGE} }} }} }} }}"
    for number in range(12):
        rich_post(published_on=TODAY + timedelta(days=number))

    costs = [cost(query, first=first) for first in (1, 12)]

    # posts, their count, ancestors; of the bodies: shared questions, partners, pictures, documents, pages
    assert costs == [8, 8]
    assert [len(post["body"]) for post in nodes(ask(query, first=12)["blogPosts"])] == [6] * 12


def test_children_cost_the_same_for_twelve_and_for_a_hundred_and_twenty(cost: Cost, ask: Ask) -> None:
    query = f"""{{ route(path: "/blog/") {{ ... on Page {{
      children(first: 100) {{ totalCount edges {{ node {{ {HEAD} body {{ ... on Block {{ id }} }} }} }} }}
    }} }} }}"""
    for _ in range(12):
        rich_post()
    few = cost(query)

    for _ in range(108):
        BlogPostPageFactory()

    # path, restrictions, the page; its children, their count, them as posts; ancestors; five for the bodies
    assert (few, cost(query)) == (12, 12)
    found = ask(query)["route"]["children"]
    assert (found["totalCount"], len(found["edges"])) == (120, 100)


def test_children_of_several_types_cost_one_statement_a_type(cost: Cost) -> None:
    query = '{ loge(slug: "aligre") { page { children(first: 50) { edges { node { title } } } } } }'
    page = LogePageFactory(loge__slug="aligre")
    EventPageFactory(parent=page, live=True)
    one_type = cost(query)

    LogeNewsPageFactory(parent=page)
    two_types = cost(query)
    for _ in range(10):
        EventPageFactory(parent=page, live=True)
        LogeNewsPageFactory(parent=page)

    assert (one_type, two_types, cost(query)) == (4, 5, 5)


WORDS = "body { ... on RichTextBlock { text { html } } }"
LEVEL = f"__typename title cover {{ alt }} {WORDS}"
LEVELS = f"""{{ homePage {{ {LEVEL} children(first: 5) {{ totalCount edges {{ node {{ {LEVEL}
  children(first: 10) {{ totalCount edges {{ node {{ {LEVEL}
    children(first: 2) {{ totalCount edges {{ node {{ {LEVEL} }} }} }}
  }} }} }}
}} }} }} }} }}"""


def test_three_levels_cost_the_same_for_few_pages_and_for_many(cost: Cost, ask: Ask) -> None:
    def write() -> None:
        LogeNewsPageFactory(parent=LogePageFactory())
        HandbookChapterPageFactory(parent=HandbookPartPageFactory())
        rich_post()
        PageViewRestriction.objects.all().delete()

    site.home(site.link(BlogIndexPage.objects.get()), cover=picture())
    write()
    few = cost(LEVELS)

    for _ in range(8):
        write()

    assert (few, cost(LEVELS)) == (22, 22)
    second = [nodes(page["children"]) for page in nodes(ask(LEVELS)["homePage"]["children"])]
    assert sum(len(pages) for pages in second) == 27
    assert sum(len(nodes(page["children"])) for pages in second for page in pages) == 18


RICH = """{ homePage { body { ... on RichTextBlock { text {
  html text ast references { ... on PageReference { path } }
} } } } }"""


def test_links_in_one_rich_text_cost_one_statement_for_pages_and_one_for_documents(cost: Cost, ask: Ask) -> None:
    pages = [EditorialPageFactory() for _ in range(50)]
    files = [Document.objects.create(title="x", file=SimpleUploadedFile("x.txt", b"x")) for _ in range(10)]
    anchors = [f'<a linktype="page" id="{page.pk}">là</a>' for page in pages]
    anchors += [f'<a linktype="document" id="{file.pk}">là</a>' for file in files]
    costs = []

    for chosen in ([], anchors[:1], anchors[:50], [anchors[0], anchors[-1]], anchors):
        site.home(("rich_text", f"<p>{' '.join(chosen)}</p>"))
        costs.append(cost(RICH))

    assert costs == [1, 2, 2, 3, 3]
    assert len(ask(RICH)["homePage"]["body"][0]["text"]["references"]) == 60


def test_links_of_charter_and_site_texts_cost_the_same_for_one_and_for_many(cost: Cost) -> None:
    pages = [EditorialPageFactory() for _ in range(30)]
    texts = SiteTexts.objects.create(site=Site.objects.get())
    charter = CharterVersion.objects.create(version="1", valid_from_on=TODAY, text="")
    costs = []

    for number in (1, 30):
        charter.text = texts.commission_text = "".join(site.link(page)[1] for page in pages[:number])
        charter.save()
        texts.save()
        costs.append(cost("{ site { commissionText { html } charter { text { html } } menu { page { path } } } }"))

    # texts, charter, menu; pages that each of the two texts links to
    assert costs == [5, 5]


def test_pictures_cost_the_same_for_one_and_for_thirty(cost: Cost, ask: Ask) -> None:
    pictures = [picture() for _ in range(30)]
    query = f"{{ homePage {{ cover {{ {IMAGE} }} {BODY} }} }}"
    costs = []

    for number in (1, 30):
        figures = [{"image": row.pk, "alt": "x", "caption": ""} for row in pictures[:number]]
        site.home(
            ("gallery", {"images": listed(*figures)}), *(("image", figure) for figure in figures), cover=pictures[0]
        )
        costs.append(cost(query))

    assert costs == [2, 2]
    assert len(ask(query)["homePage"]["body"]) == 31


ANSWERS = {
    "experts": "... on ExpertsBlock { experts { slug photo { alt } offers { service { slug } } badges { code } } }",
    "events": "... on EventsBlock { occurrences { startsAt event { title loge { slug } speakers { firstName } } } }",
    "services": "... on ServicesBlock { services { slug family { slug } } }",
    "money": "... on MoneyBlock { example { total { cents } } }",
}
DOMAIN = f"body {{ {' '.join(ANSWERS.values())} }}"
QUESTIONS = [
    ("experts", {"limit": 50}),
    ("events", {"limit": 20}),
    ("services", {}),
    ("money", {"price_cents": 6_000}),
]


def furnished(experts: int, services: list[Any]) -> Any:
    """An open loge with its page, experts with portraits and offers, and as many dates with speakers."""
    loge = LogeFactory(active=True)
    LogeMembershipFactory(loge=loge, coordinator=True)
    event = EventFactory(loge=loge)
    for number in range(experts):
        expert = ExpertProfileFactory(loge=loge, published=True)
        OfferFactory(expert=expert, service=services[number % len(services)])
        EventOccurrenceFactory(event=event, starts_at=NOW + timedelta(days=number + 1))
        EventSpeakerFactory(event=event)
    ExpertPortraitFactory(expert=expert, picture=picture())
    site.loge_page(loge, *QUESTIONS)
    return loge


@pytest.mark.parametrize(("kind", "expected"), [("experts", 6), ("events", 4), ("services", 3), ("money", 3)])
def test_questions_of_blocks_cost_the_same_on_one_loge_s_page_and_on_ten(
    cost: Cost, ask: Ask, kind: str, expected: int
) -> None:
    services = [ServiceFactory() for _ in range(3)]
    pages = f"edges {{ node {{ page {{ body {{ ... on Block {{ id }} {ANSWERS[kind]} }} }} }} }}"
    query = f"query($first: Int!) {{ loges(first: $first) {{ {pages} }} }}"
    for _ in range(10):
        furnished(2, services)

    costs = [cost(query, first=first) for first in (1, 10)]

    assert costs == [expected, expected]
    bodies = [node["page"]["body"] for node in nodes(ask(query, first=10)["loges"])]
    assert [len(block) for body in bodies for block in body] == [
        2 if name == kind else 1 for name, _ in QUESTIONS
    ] * 10


def test_questions_of_blocks_cost_the_same_for_one_expert_and_for_a_hundred(cost: Cost, ask: Ask) -> None:
    services = [ServiceFactory() for _ in range(3)]
    small, big = furnished(1, services), furnished(100, services)
    query = f"query($slug: String!) {{ loge(slug: $slug) {{ page {{ {DOMAIN} }} }} }}"

    costs = [cost(query, slug=loge.slug) for loge in (small, big)]

    assert costs == [10, 10]
    body = ask(query, slug=big.slug)["loge"]["page"]["body"]
    assert (len(body[0]["experts"]), len(body[1]["occurrences"])) == (50, 20)


def test_questions_of_blocks_cost_the_same_once_and_five_times_on_a_page(cost: Cost) -> None:
    services = [ServiceFactory() for _ in range(3)]
    furnished(2, services)
    query = f"{{ homePage {{ {DOMAIN} }} }}"
    costs = []

    for times in (1, 5):
        site.home(*QUESTIONS * times)
        costs.append(cost(query))

    assert costs == [13, 13]


def test_search_in_pages_costs_the_same_for_one_hit_and_for_fifty(cost: Cost, ask: Ask) -> None:
    query = f"""query($first: Int!) {{ searchContent(text: "girafe", first: $first) {{
      totalCount edges {{ node {{ {HEAD} body {{ ... on Block {{ id }} }} }} }}
    }} }}"""
    for number in range(50):
        rich_post(title=f"Girafe {number}")

    costs = [cost(query, first=first) for first in (1, 50)]

    # the index, with who may read; the rows, their type; ancestors; five for the bodies
    assert costs == [9, 9]
    assert len(nodes(ask(query, first=50)["searchContent"])) == 50


def test_news_cost_the_same_for_one_loge_and_for_ten(cost: Cost) -> None:
    query = f"""query($first: Int!) {{ loges(first: $first) {{ edges {{ node {{
      news(first: 5) {{ totalCount edges {{ node {{ {HEAD} publishedOn }} }} }}
    }} }} }} }}"""
    for _ in range(10):
        page = LogePageFactory()
        for _ in range(3):
            LogeNewsPageFactory(parent=page, cover=picture())

    costs = [cost(query, first=first) for first in (1, 10)]

    # loges, news, their count, ancestors
    assert costs == [4, 4]


def test_menu_costs_one_statement_for_few_pages_and_for_many(cost: Cost) -> None:
    query = "{ site { menu { page { title path } children { page { title path } } } } }"
    EditorialPageFactory(show_in_menus=True)
    few = cost(query)

    for _ in range(20):
        EditorialPageFactory(show_in_menus=True)

    assert (few, cost(query)) == (2, 2)


def test_pages_of_events_in_a_calendar_cost_the_same_for_one_and_for_thirty(cost: Cost) -> None:
    query = f"""query($first: Int!) {{ events(first: $first) {{ totalCount edges {{ node {{
      event {{ title cover {{ alt }} page {{ {HEAD} {WORDS} event {{ title }} }} }}
    }} }} }} }}"""
    for number in range(30):
        event = EventFactory()
        EventOccurrenceFactory(event=event, starts_at=NOW + timedelta(days=number + 1))
        site.event_page(event, site.link(EditorialPageFactory()), cover=picture())

    costs = [cost(query, first=first) for first in (1, 30)]

    # dates, their count, pages, ancestors, linked pages, events again
    assert costs == [6, 6]
