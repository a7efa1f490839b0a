"""What is timed side by side: an operation of a frontend, and the view of `plain` that answers the same JSON."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.bench import plain
from tests.bench.town import FIRST_LOGE

View = Callable[..., Any]


@dataclass(frozen=True)
class Pair:
    """A query with its variables, and the view by hand, which takes the same."""

    name: str
    query: str
    variables: dict[str, Any]
    by_hand: View


LOGE_PAGE = """query LogePage($slug: String!) {
  loge(slug: $slug) {
    slug name state stateMessage city neighbourhood path expertCount
    page {
      title tagline
      cover { alt url(size: WIDE) }
      body { __typename ... on RichTextBlock { text { html } } ... on QuoteBlock { quote author } }
    }
    coordinators { firstName initial quote photo { alt url(size: SQUARE) } }
    services { slug name }
    rating { average count }
    experts(first: 12) { edges { node {
      slug path firstName initial headline isCoordinator
      photo { alt url(size: SQUARE) }
      rating { average count }
      badges { code label }
      offers { title unit price { formatted } service { slug name } }
    } } }
    reviews(first: 3) { edges { node {
      authorFirstName rating text experienceOn reply expert { slug firstName }
    } } }
    events(first: 3) { edges { node {
      state startsAt endsAt note
      event { title summary path venueName venueKind cover { alt url(size: CARD) } }
    } } }
  }
}"""

EXPERTS = """query Experts($slug: String!) {
  loge(slug: $slug) {
    experts(first: 50) { edges { node {
      slug path firstName initial headline languages
      rating { average count }
      badges { code label checkedOn expiresOn }
      offers { title unit price { cents formatted } service { slug name } }
      reviews(first: 3) { edges { node { authorFirstName rating text experienceOn publishedAt reply } } }
    } } }
  }
}"""

EVENTS = """query Events {
  events(first: 20) { edges { node {
    state startsAt endsAt isMoved note
    event {
      title summary theme path venueName venueKind address capacity recurrenceLabel
      loge { slug name city }
      occurrences(first: 3) { edges { node { state startsAt } } }
    }
  } } }
}"""

PAIRS = [
    Pair("a loge's page with its team", LOGE_PAGE, {"slug": "paris-aligre"}, plain.loge_page),
    Pair("50 experts with 3 reviews each", EXPERTS, {"slug": FIRST_LOGE}, plain.experts),
    Pair("20 events with their dates", EVENTS, {}, plain.events),
]
