"""Pages and ids for tests: written as rows, restricted, taken offline."""

from typing import Any, Protocol

from strawberry.relay import to_base64
from wagtail.blocks import StreamValue
from wagtail.models import Page, PageViewRestriction

from cms.models import EditorialPage, EventPage, HomePage, LogeIndexPage, LogePage
from cms.models.base import SitePage
from loges.models import Event, Loge

SECRET = "Chut-chut-chut"
"""A word that stands in everything hidden: it must be nowhere in an answer."""


class Ask(Protocol):
    """Sends an operation and answers its data."""

    def __call__(self, query: str, **variables: Any) -> dict[str, Any]: ...


class Refusal(Protocol):
    """Sends an operation and answers its one error."""

    def __call__(self, query: str, **variables: Any) -> dict[str, Any]: ...


class Cost(Protocol):
    """Sends an operation and answers how many SQL statements it takes."""

    def __call__(self, query: str, **variables: Any) -> int: ...


def global_id(row: Any) -> str:
    """The id that GraphQL gives a row."""
    return to_base64(type(row).__name__, row.pk)


def fill(page: SitePage, *blocks: tuple[str, Any]) -> SitePage:
    """Give a page its body as the editor keeps it."""
    raw = [{"type": kind, "value": value, "id": f"bloc-{number}"} for number, (kind, value) in enumerate(blocks)]
    page.body = StreamValue(page.body.stream_block, raw, is_lazy=True)
    return page


def loge_page(loge: Loge, *blocks: tuple[str, Any], **values: Any) -> LogePage:
    """Write the page of a loge, live unless said."""
    page = LogePage(loge=loge, slug=loge.slug, **{"title": loge.name, "tagline": "Une loge", **values})
    LogeIndexPage.objects.get().add_child(instance=fill(page, *blocks))
    return page


def event_page(event: Event, *blocks: tuple[str, Any], **values: Any) -> EventPage:
    """Write the page of an event below its loge's page, live unless said."""
    parent = LogePage.objects.filter(loge=event.loge).first() or loge_page(event.loge)
    page = EventPage(
        event=event,
        slug=event.slug,
        starts_on=event.starts_on,
        starts_at_time=event.starts_at_time,
        venue_name=event.venue_name,
        **{"title": event.title, **values},
    )
    parent.add_child(instance=fill(page, *blocks))
    return page


def home(*blocks: tuple[str, Any], **values: Any) -> HomePage:
    """Write the front page."""
    page = HomePage.objects.get()
    for name, value in values.items():
        setattr(page, name, value)
    fill(page, *blocks).save()
    return page


def editorial(slug: str, **values: Any) -> EditorialPage:
    """Write a page of the network below the front page, live unless said."""
    page = EditorialPage(slug=slug, **{"title": slug, **values})
    HomePage.objects.get().add_child(instance=page)
    return page


def restrict(page: Page) -> None:
    """Let only people who are logged in see a page and what is below it."""
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def link(page: Page) -> tuple[str, str]:
    """A block of rich text with a link to a page."""
    return ("rich_text", f'<p><a linktype="page" id="{page.pk}">là</a></p>')


def nodes(connection: dict[str, Any]) -> list[dict[str, Any]]:
    """The nodes of a connection."""
    return [edge["node"] for edge in connection["edges"]]
