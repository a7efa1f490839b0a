"""What is at a path, and what stands around every page: menus, texts of the site."""

import enum
from datetime import date
from functools import reduce
from operator import or_
from typing import Annotated, Any

import strawberry

from cms import content, restrictions, routes
from cms import queries as cms_queries
from graphql_api.context import Context, Info
from graphql_api.types.images import Image, image
from graphql_api.types.pages import (
    BlogIndexPage,
    BlogPostPage,
    EditorialPage,
    EventPage,
    HandbookChapterPage,
    HandbookIndexPage,
    HandbookPartPage,
    HomePage,
    LogeIndexPage,
    LogeNewsPage,
    LogePage,
)
from graphql_api.types.rich_text import PageReference, RichText, page_reference


@strawberry.enum
class RestrictionKind(enum.Enum):
    """What keeps a reader out of a page."""

    LOGIN = strawberry.enum_value("LOGIN", description="It is for people with an account: log in.")
    GROUPS = strawberry.enum_value("GROUPS", description="It is for some people only, e.g. coordinators.")
    PASSWORD = strawberry.enum_value("PASSWORD", description="It asks for a password.")


@strawberry.type
class Redirect:
    """What was asked for is elsewhere."""

    location: str
    """Where: a path of the site, or an address outside."""
    is_permanent: bool
    """Whether for good (HTTP 301) or for a while (302)."""


@strawberry.type
class Gone:
    """A page was there and isn't any more (HTTP 410)."""

    path: str
    """The path that was asked for."""


@strawberry.type
class Restricted:
    """A page is there, but this reader may not see it (HTTP 401 or 403)."""

    path: str
    """The path that was asked for."""
    restriction: RestrictionKind
    """What keeps the reader out."""


PAGES = (
    HomePage,
    EditorialPage,
    LogeIndexPage,
    LogePage,
    LogeNewsPage,
    EventPage,
    BlogIndexPage,
    BlogPostPage,
    HandbookIndexPage,
    HandbookPartPage,
    HandbookChapterPage,
)
"""The kinds of pages."""

Route: Any = Annotated[
    reduce(or_, (*PAGES, Redirect, Gone, Restricted)),
    strawberry.union("Route", description="What may be at a path. Spread on `Page` for whatever kind of page it is."),
]


def route(path: str, context: Context) -> Any:
    """What is at that path for that reader; None where there never was anything."""
    found = routes.route(path, context.person)
    if isinstance(found, routes.Moved):
        return Redirect(location=found.location, is_permanent=found.is_permanent)
    if isinstance(found, routes.Gone):
        return Gone(path=found.path)
    if isinstance(found, routes.Closed):
        return Restricted(path=found.path, restriction=RestrictionKind[found.restriction])
    return next(iter(cms_queries.specific([found], context.person)), None) if found else None


@strawberry.type
class MenuItem:
    """A page of a menu."""

    page: PageReference
    """The page."""
    children: list["MenuItem"]
    """The pages of the menu below it; two levels in all."""


def menu(context: Context) -> list[MenuItem]:
    """The site's menu for that reader."""
    return [_item(item) for item in cms_queries.menu(context.person)]


def _item(item: cms_queries.MenuItem) -> MenuItem:
    return MenuItem(page=page_reference(item.page), children=[_item(child) for child in item.children])


@strawberry.type
class Charter:
    """The charter that coordinators and experts sign."""

    version: str
    """Its version."""
    valid_from_on: date
    """Since when it is in force."""
    text: RichText
    """The text."""


@strawberry.type
class Delays:
    """The delays that the site promises and asks for."""

    first_answer_hours: int
    """Within how many hours somebody answers a request."""
    terms_valid_days: int
    """How many days a proposal holds."""
    confirmation_hours: int
    """How many hours a resident has to confirm a service rendered."""
    review_days: int
    """How many days a resident has to leave a review."""


@strawberry.type
class Site:
    """What holds for the whole site: contact, social networks, delays, what a loge aims at."""

    contact_email: str
    """The e-mail address; may be empty."""
    contact_phone: str
    """The telephone number; may be empty."""
    contact_address: str
    """The postal address; may be empty."""
    social_urls: list[str]
    """The site's addresses on social networks."""
    share_image: Image | None
    """The picture to share pages with that have none."""
    commission_text: RichText
    """What the commission pays for, to show beside amounts."""
    delays: Delays
    """The delays."""
    min_experts: int
    """How many experts a loge needs to open."""
    target_experts: int
    """How many experts a loge aims at."""

    @strawberry.field
    def menu(self, info: Info) -> list[MenuItem]:
        """The site's menu, as editors put it together. Costs a statement."""
        return menu(info.context)

    @strawberry.field
    def charter(self, info: Info) -> Charter | None:
        """The charter in force. Costs a statement."""
        found = cms_queries.charter(info.context.today)
        if found is None:
            return None
        text = RichText(source=found.text, material=content.load([], info.context.person, texts=[found.text]))
        return Charter(version=found.version, valid_from_on=found.valid_from_on, text=text)


def site(context: Context) -> Site:
    """The site's texts and figures."""
    found = cms_queries.site_texts()
    shown = restrictions.visible_pictures([found.share_image_id] if found.share_image_id else [], context.person)
    shared = shown.get(found.share_image_id or 0)
    urls = (found.instagram_url, found.facebook_url, found.linkedin_url, found.mastodon_url)
    return Site(
        contact_email=found.contact_email,
        contact_phone=found.contact_phone,
        contact_address=found.contact_address,
        social_urls=[url for url in urls if url],
        share_image=image(shared) if shared else None,
        commission_text=RichText(
            source=found.commission_text, material=content.load([], context.person, texts=[found.commission_text])
        ),
        delays=Delays(
            first_answer_hours=found.first_answer_hours,
            terms_valid_days=found.terms_valid_days,
            confirmation_hours=found.confirmation_hours,
            review_days=found.review_days,
        ),
        min_experts=found.min_experts,
        target_experts=found.target_experts,
    )
