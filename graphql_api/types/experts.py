"""Experts: profile, offers, badges, reviews."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import strawberry
import strawberry_django
from strawberry import Parent, auto, relay

from cms import queries as cms_queries
from graphql_api.batch import for_each, for_peers, related, together
from graphql_api.context import Info
from graphql_api.enums import BadgeCode, CheckerRole, LegalStatus, PriceUnit
from graphql_api.guard import Guarded
from graphql_api.paging import Order, Slice
from graphql_api.relay import After, Before, CountedConnection, First, Last, nested
from graphql_api.types.images import Image, image
from graphql_api.types.money import Money, MoneyBreakdown, breakdown
from graphql_api.types.places import Area, area
from graphql_api.types.services import Service
from loges import models, queries

if TYPE_CHECKING:
    from graphql_api.types.loges import Loge

LogeRef = Annotated["Loge", strawberry.lazy("graphql_api.types.loges")]
REVIEWS_NEWEST_FIRST = Order("reviews", ("-published_at", "-pk"))


@strawberry.type
class Rating:
    """What residents' published reviews add up to."""

    average: float
    """The mean, 1 to 5, to two decimals."""
    count: int
    """How many reviews it comes from."""


def rating(count: int, total: int) -> Rating | None:
    """A rating, or nothing before the first review."""
    return Rating(average=round(total / count, 2), count=count) if count else None


@strawberry.type
class Badge:
    """Something that was checked about an expert: never a decoration."""

    code: BadgeCode
    """What was checked."""
    checked_by: CheckerRole
    """As whom the checker checked."""
    checked_on: date
    """When it was checked."""
    expires_on: date | None
    """Until when it holds; none for no end."""
    kind: strawberry.Private[models.Verification.Kind]

    @strawberry.field
    def label(self, info: Info) -> str:
        """The badge's name, in French."""
        written = info.context.badge_texts.get(self.kind)
        return written.label if written else str(self.kind.label)

    @strawberry.field
    def meaning(self, info: Info) -> str:
        """What it proves, in French."""
        written = info.context.badge_texts.get(self.kind)
        return written.meaning if written else models.Verification.MEANINGS[self.kind]


def _badge(check: models.Verification) -> Badge:
    return Badge(
        code=BadgeCode[check.kind],
        kind=models.Verification.Kind(check.kind),
        checked_by=CheckerRole[check.checker_role],
        checked_on=check.checked_on,
        expires_on=check.expires_on,
    )


def photos(people: dict[int, int], info: Info) -> dict[int, Image]:
    """The portraits of some rows; `people` says whose each is (row id -> person id). One statement."""
    pictures = cms_queries.portraits(people.values(), info.context.person)
    return {pk: image(pictures[person]) for pk, person in people.items() if person in pictures}


@strawberry_django.type(models.Offer)
class Offer(Guarded, relay.Node):
    """A service that an expert offers, and its price."""

    description: auto
    """Details, in French; may be empty."""
    minimum_minutes: auto
    """The shortest duration, in minutes."""

    @strawberry.field(graphql_type=Service)
    def service(self, root: Parent[models.Offer]) -> models.Service:
        """The service offered."""
        found: models.Service = related(root, "service")
        return found

    @strawberry.field
    def title(self, root: Parent[models.Offer]) -> str:
        """How the expert calls it; the service's name where they don't."""
        return root.title or root.service.name

    @strawberry.field
    def unit(self, root: Parent[models.Offer]) -> PriceUnit:
        """What the price is for; QUOTE when there is none."""
        return PriceUnit[root.unit]

    @strawberry.field
    def price(self, root: Parent[models.Offer]) -> Money | None:
        """The price that a resident pays, VAT included; none on proposal."""
        return None if root.price_cents is None else Money(cents=root.price_cents)

    @strawberry.field
    def breakdown(self, info: Info, root: Parent[models.Offer]) -> MoneyBreakdown | None:
        """Where the price goes; none on proposal."""

        def load(rows: list[models.Offer]) -> dict[int, MoneyBreakdown]:
            previews = queries.money_previews(rows, on=info.context.today)
            return {pk: breakdown(preview) for pk, preview in previews.items()}

        return for_peers(root, "breakdown", load)


@strawberry_django.type(models.Review)
class Review(Guarded, relay.Node):
    """What a resident says of an expert after a service."""

    author_first_name: auto
    """The author's first name: all that is told of them."""
    rating: auto
    """1 to 5."""
    text: auto
    """In the author's words; may be empty."""
    experience_on: auto
    """The day of the service."""

    @strawberry.field
    def published_at(self, root: Parent[models.Review]) -> datetime | None:
        """When it was published."""
        return root.published_at

    @strawberry.field
    def reply(self, root: Parent[models.Review]) -> str | None:
        """The expert's answer."""
        return root.reply or None

    @strawberry.field(graphql_type=Annotated["ExpertProfile", strawberry.lazy("graphql_api.types.experts")])
    def expert(self, info: Info, root: Parent[models.Review]) -> models.ExpertProfile:
        """The expert it is about."""

        if "expert" in root._state.fields_cache:
            joined: models.ExpertProfile = related(root, "expert")
            return joined

        def load(rows: list[models.Review]) -> dict[int, models.ExpertProfile]:
            experts = together(queries.experts(info.context.person).filter(pk__in={row.expert_id for row in rows}))
            by_id = {expert.pk: expert for expert in experts}
            return {row.pk: by_id[row.expert_id] for row in rows if row.expert_id in by_id}

        return for_each(root, "expert", load)


@strawberry_django.type(models.ExpertProfile)
class ExpertProfile(Guarded, relay.Node):
    """What is public about one of a loge's experts."""

    slug: auto
    """The name in addresses, unique in its loge."""
    headline: auto
    """The expert in one line."""
    presentation: auto
    """The expert in their own words."""

    @strawberry.field
    def first_name(self, root: Parent[models.ExpertProfile]) -> str:
        """The first name."""
        return root.person.first_name

    @strawberry.field
    def initial(self, root: Parent[models.ExpertProfile]) -> str:
        """The first letter of the last name: all that is told of it."""
        return root.person.initial

    @strawberry.field
    def path(self, root: Parent[models.ExpertProfile]) -> str:
        """The path that a frontend may give the profile, with slashes at both ends."""
        return f"/loges/{root.loge.slug}/experts/{root.slug}/"

    @strawberry.field(graphql_type=LogeRef)
    def loge(self, root: Parent[models.ExpertProfile]) -> models.Loge:
        """The expert's one home loge."""
        found: models.Loge = related(root, "loge")
        return found

    @strawberry.field
    def area(self, root: Parent[models.ExpertProfile]) -> Area:
        """Where the expert comes to."""
        return area(root.reach, is_own=bool(root.area))

    @strawberry.field
    def is_coordinator(self, root: Parent[models.ExpertProfile]) -> bool:
        """Whether the expert also coordinates the loge."""
        if "is_coordinator" in root.__dict__:
            return bool(root.__dict__["is_coordinator"])
        return bool(for_peers(root, "is_coordinator", queries.coordinating))

    @strawberry.field
    def languages(self, root: Parent[models.ExpertProfile]) -> list[str]:
        """Languages spoken, as ISO 639-1 codes."""
        return [str(code) for code in root.languages]

    @strawberry.field
    def legal_status(self, root: Parent[models.ExpertProfile]) -> LegalStatus | None:
        """How the expert is in business."""
        business = getattr(root.person, "business", None)
        return LegalStatus[business.legal_status] if business else None

    @strawberry.field
    def photo(self, info: Info, root: Parent[models.ExpertProfile]) -> Image | None:
        """The portrait; show the initials where there is none."""
        return for_peers(root, "photo", lambda rows: photos({row.pk: row.person_id for row in rows}, info))

    @strawberry.field(graphql_type=list[Offer])
    def offers(self, info: Info, root: Parent[models.ExpertProfile]) -> list[models.Offer]:
        """What the expert offers, in their order."""

        def load(rows: list[models.ExpertProfile]) -> dict[int, list[models.Offer]]:
            found: dict[int, list[models.Offer]] = {row.pk: [] for row in rows}
            for offer in together(queries.offers(info.context.person).filter(expert_id__in=found)):
                found[offer.expert_id].append(offer)
            return found

        return for_peers(root, "offers", load) or []

    @strawberry.field
    def badges(self, info: Info, root: Parent[models.ExpertProfile]) -> list[Badge]:
        """What was checked about the expert and still holds."""

        def load(rows: list[models.ExpertProfile]) -> dict[int, list[Badge]]:
            found: dict[int, list[Badge]] = {row.pk: [] for row in rows}
            for check in queries.verifications(info.context.today).filter(expert_id__in=found):
                found[check.expert_id].append(_badge(check))
            return found

        return for_peers(root, "badges", load) or []

    @strawberry.field
    def rating(self, root: Parent[models.ExpertProfile]) -> Rating | None:
        """What the expert's reviews add up to; none before the first."""
        return rating(root.rating_count, root.rating_sum)

    @strawberry.field(graphql_type=CountedConnection[Review])
    def reviews(
        self,
        info: Info,
        root: Parent[models.ExpertProfile],
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> CountedConnection[Review]:
        """The published reviews, newest first."""
        found: CountedConnection[Review] = nested(
            root,
            lambda: queries.reviews(info.context.person),
            REVIEWS_NEWEST_FIRST,
            Slice(first, after, last, before),
            group="expert_id",
        )
        return found
