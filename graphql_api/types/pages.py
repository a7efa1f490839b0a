"""The pages of the site, as editors publish them."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry
import strawberry_django
from strawberry import Parent, relay
from strawberry.scalars import JSON

from cms import calendar, feeds, models, seo
from cms import queries as cms_queries
from cms.addresses import full_address_of, path_of
from cms.models.base import SitePage
from graphql_api.batch import for_each, for_peers, together
from graphql_api.context import Info
from graphql_api.guard import Guarded
from graphql_api.paging import Order, Slice
from graphql_api.relay import After, Before, CountedConnection, First, Last, nested
from graphql_api.types.blocks import BodyBlocks, blocks
from graphql_api.types.images import Image, image
from graphql_api.types.rich_text import PageReference, page_reference
from loges import queries, recurrence

if TYPE_CHECKING:
    from graphql_api.types.events import Event
    from graphql_api.types.loges import Loge

LogeRef = Annotated["Loge", strawberry.lazy("graphql_api.types.loges")]
EventRef = Annotated["Event", strawberry.lazy("graphql_api.types.events")]
PageRef = Annotated["Page", strawberry.lazy("graphql_api.types.pages")]
CHILDREN_AS_IN_THE_TREE = Order("children", ("path",))


def cover(page: Any) -> Image | None:
    """The picture above a page, which was read with it."""
    return image(page.cover) if page.cover and not page.cover_is_hidden else None


def _loge(root: Any, info: Info) -> Any:
    """The loge that a page names, read for all its peers."""

    def load(rows: list[Any]) -> dict[int, Any]:
        wanted = {row.loge_id for row in rows if row.loge_id}
        found = {loge.pk: loge for loge in together(queries.loges(info.context.person).filter(pk__in=wanted))}
        return {row.pk: found.get(row.loge_id) for row in rows}

    return for_peers(root, "loge", load)


@strawberry.type
class Seo:
    """What a page tells search engines and social networks: for the elements of an HTML head."""

    title: str
    """For `title` and `og:title`, without the site's name."""
    description: str
    """For `description` and `og:description`; may be empty."""
    canonical_url: str
    """For `link rel="canonical"` and `og:url`, absolute."""
    robots: str
    """For `meta name="robots"`: `index, follow`, or `noindex, nofollow` for what isn't for everybody."""
    kind: str
    """For `og:type`: `website` or `article`."""
    image: Image | None
    """For `og:image`, in the size SHARE: the page's own, else that of the site."""
    json_ld: JSON
    """For a `script type="application/ld+json"`: a list of schema.org objects. Escape `<` when you write them."""


def _seo(told: seo.Seo) -> Seo:
    return Seo(
        title=told.title,
        description=told.description,
        canonical_url=told.canonical_url,
        robots=told.robots,
        kind=told.kind,
        image=image(told.picture) if told.picture else None,
        json_ld=JSON(told.json_ld),
    )


@strawberry.interface
class Page(Guarded, relay.Node):
    """A published page that the reader may see. Every page has a path, a body of blocks and its place in the tree."""

    @strawberry.field
    def title(self, root: Parent[SitePage]) -> str:
        """The title."""
        return str(root.title)

    @strawberry.field
    def path(self, root: Parent[SitePage]) -> str:
        """The page's path, with slashes at both ends."""
        return path_of(root) or "/"

    @strawberry.field
    def url(self, root: Parent[SitePage]) -> str:
        """The page's canonical address: on the frontend, where the site has one."""
        return full_address_of(root) or ""

    @strawberry.field
    def summary(self, root: Parent[SitePage]) -> str:
        """Two sentences about it; may be empty."""
        return str(root.summary)

    @strawberry.field
    def cover(self, root: Parent[SitePage]) -> Image | None:
        """The picture above the page."""
        return cover(root)

    @strawberry.field(graphql_type=BodyBlocks)
    def body(self, info: Info, root: Parent[SitePage]) -> list[Any]:
        """What editors wrote, block by block."""
        return blocks(root, info.context)

    @strawberry.field
    def first_published_at(self, root: Parent[SitePage]) -> datetime | None:
        """When it was published first."""
        found: datetime | None = root.first_published_at
        return found

    @strawberry.field
    def last_published_at(self, root: Parent[SitePage]) -> datetime | None:
        """When it was published last."""
        found: datetime | None = root.last_published_at
        return found

    @strawberry.field
    def breadcrumbs(self, root: Parent[SitePage]) -> list[PageReference]:
        """The pages above it, from the home page down, without itself."""

        def load(rows: list[Any]) -> dict[int, list[PageReference]]:
            found = cms_queries.ancestors(rows)
            return {pk: [page_reference(page) for page in above] for pk, above in found.items()}

        return for_each(root, "breadcrumbs", load)

    @strawberry.field
    def seo(self, info: Info, root: Parent[SitePage]) -> Seo:
        """What search engines and social networks are to know."""

        def load(rows: list[Any]) -> dict[int, Seo]:
            found = seo.seo_of(rows, info.context.person, info.context.now)
            return {page.pk: _seo(told) for page, told in zip(rows, found, strict=True)}

        return for_each(root, "seo", load)

    @strawberry.field(graphql_type=CountedConnection[PageRef])
    def children(
        self,
        info: Info,
        root: Parent[SitePage],
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Any:
        """The pages right below it that the reader may see, in the order that editors gave them."""
        return nested(
            root,
            lambda: cms_queries.children(info.context.person),
            CHILDREN_AS_IN_THE_TREE,
            Slice(first, after, last, before),
            group="path_above",
            key=lambda page: page.path,
            refine=lambda rows: cms_queries.specific(rows, info.context.person),
        )


@strawberry_django.type(models.HomePage)
class HomePage(Page):
    """The front page of the network."""


@strawberry_django.type(models.EditorialPage)
class EditorialPage(Page):
    """A page of the network: how it works, where the money goes, charter, legal notice..."""


@strawberry_django.type(models.LogeIndexPage)
class LogeIndexPage(Page):
    """The list of the loges; ask `loges` for what is on it."""


@strawberry_django.type(models.LogePage)
class LogePage(Page):
    """What the coordinator wrote about a loge."""

    @strawberry.field
    def tagline(self, root: Parent[models.LogePage]) -> str:
        """The loge in one sentence; may be empty."""
        return str(root.tagline)

    @strawberry.field
    def adapted_services_note(self, root: Parent[models.LogePage]) -> str:
        """What is particular about the neighbourhood; may be empty."""
        return str(root.adapted_services_note)

    @strawberry.field(graphql_type=LogeRef | None)
    def loge(self, info: Info, root: Parent[models.LogePage]) -> Any:
        """The loge it speaks of."""
        return _loge(root, info)


@strawberry_django.type(models.LogeNewsPage)
class LogeNewsPage(Page):
    """Something new in a loge."""

    @strawberry.field
    def published_on(self, root: Parent[models.LogeNewsPage]) -> date | None:
        """The day shown beside it."""
        found: date | None = root.published_on
        return found


@strawberry_django.type(models.EventPage)
class EventPage(Page):
    """What the coordinator wrote about an event."""

    @strawberry.field(graphql_type=EventRef | None)
    def event(self, info: Info, root: Parent[models.EventPage]) -> Any:
        """The event, with its dates; null for one that is not in the calendar."""

        def load(rows: list[Any]) -> dict[int, Any]:
            wanted = {row.event_id for row in rows if row.event_id}
            found = {
                event.pk: event for event in together(calendar.events(info.context.person).filter(pk__in=wanted))
            }
            return {row.pk: found.get(row.event_id) for row in rows}

        return for_peers(root, "event", load)


@strawberry_django.type(models.BlogIndexPage)
class BlogIndexPage(Page):
    """The blog; ask `blogPosts` for its posts, newest first."""

    @strawberry.field
    def feed_url(self) -> str:
        """Its RSS feed, absolute."""
        return feeds.blog_address()


@strawberry_django.type(models.BlogPostPage)
class BlogPostPage(Page):
    """A post of the blog."""

    @strawberry.field
    def published_on(self, root: Parent[models.BlogPostPage]) -> date | None:
        """The day shown beside it."""
        found: date | None = root.published_on
        return found

    @strawberry.field
    def authors(self, root: Parent[models.BlogPostPage]) -> list[str]:
        """Who signs it, by first name."""
        return list(root.author_names)

    @strawberry.field
    def tags(self, root: Parent[models.BlogPostPage]) -> list[str]:
        """Its themes."""
        return list(root.tag_names)

    @strawberry.field(graphql_type=LogeRef | None)
    def loge(self, info: Info, root: Parent[models.BlogPostPage]) -> Any:
        """The loge it is about; null for the whole network."""
        return _loge(root, info)


@strawberry_django.type(models.HandbookIndexPage)
class HandbookIndexPage(Page):
    """The cover of the handbook of good practices; its children are the parts."""


@strawberry_django.type(models.HandbookPartPage)
class HandbookPartPage(Page):
    """A part of the handbook; its children are the chapters."""


@strawberry.type
class HandbookCredit:
    """Somebody whose proposal became part of a chapter."""

    name: str
    """Who proposed it; empty for somebody who has no account any more."""
    loge: str
    """In which loge's name; « OpenLoge » for the team."""
    on: date
    """The day on which it was published."""


def _credit(proposal: models.HandbookProposalPage) -> HandbookCredit:
    assert proposal.merged_at is not None
    return HandbookCredit(
        name=proposal.owner.get_full_name() if proposal.owner else "",
        loge=proposal.loge.name if proposal.loge else "OpenLoge",
        on=recurrence.local_day(proposal.merged_at),
    )


@strawberry_django.type(models.HandbookChapterPage)
class HandbookChapterPage(Page):
    """A chapter of the handbook."""

    @strawberry.field
    def checklist(self, root: Parent[models.HandbookChapterPage]) -> list[str]:
        """The points to tick off."""
        return list(root.checklist_lines)

    @strawberry.field
    def legal_review_on(self, root: Parent[models.HandbookChapterPage]) -> date | None:
        """When a lawyer last reread it; null where it says nothing of the law."""
        found: date | None = root.legal_review_on
        return found

    @strawberry.field
    def credits(self, root: Parent[models.HandbookChapterPage]) -> list[HandbookCredit]:
        """Whom the handbook thanks for what they proposed, the first first."""

        def load(rows: list[Any]) -> dict[int, list[HandbookCredit]]:
            found = cms_queries.handbook_credits(row.pk for row in rows)
            return {pk: [_credit(proposal) for proposal in proposals] for pk, proposals in found.items()}

        return for_each(root, "credits", load)
