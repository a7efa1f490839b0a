"""The demo's front page: what is where, who may log in, and a search that shows the query behind its answer."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default as default_policy
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cms.demo.cast import cast
from cms.demo.login import PASSWORD
from loges import clock, queries, recurrence
from search.questions import MAX_DAYS

SEARCH = """query SearchExperts($input: ExpertSearchInput!, $orderBy: ExpertOrder!, $after: String) {
  searchExperts(input: $input, orderBy: $orderBy, first: 10, after: $after) {
    totalCount
    isTotalCapped
    pageInfo { hasNextPage endCursor }
    understanding {
      services { slug name }
      places { kind label }
      corrections { typed read }
      ignored
      question { text choices { slug name } }
    }
    edges { node { ...Hit } }
    facets { field values { value label count } }
    rankingCriteria
    help {
      text
      nearestLoges { distanceMeters loge { slug name city path } }
      neighbourOffers { ...Hit }
      ways { kind label url }
    }
  }
}

fragment Hit on ExpertHit {
  distanceMeters
  freeOn
  whyHere
  highlights
  matchedServices { slug }
  expert {
    slug firstName initial headline
    photo { url(size: SQUARE) }
    loge { slug name path }
    rating { average count }
    offers { title unit price { formatted } service { slug } }
  }
}"""
"""The query that the signpost's search box sends: the very text is shown to the reader."""

SUGGEST = """query Suggest($text: String!, $near: GeoPointInput) {
  suggest(text: $text, near: $near, first: 8) {
    kind
    label
    service { slug name }
    expert { slug firstName }
    loge { slug name }
  }
}"""
"""The query that it sends while somebody types."""

LOGES = """query Loges {
  loges(first: 20) {
    edges {
      node {
        slug name city state path expertCount
        page { tagline body { ... on RichTextBlock { text { html } } } }
        events(first: 5) { edges { node { startsAt state event { title path } } } }
      }
    }
  }
}"""
"""The query behind the signpost's list of loges."""

EXAMPLES = ("mon robinet goutte", "sortir le chien", "couturière Croix-Rousse")
"""What somebody who doesn't know what to type may try."""

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self' https:",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
"""The page's Content-Security-Policy: scripts and styles from files alone; pictures may be kept on another host."""


def page(request: HttpRequest) -> HttpResponse:
    """The signpost, in demo mode only."""
    loges = [loge for loge in queries.loges(None) if loge.state == "ACTIVE"]
    today = recurrence.local_day(clock.now())
    context: dict[str, Any] = {
        # Without JavaScript the form comes back here: the words must not be lost.
        "what": request.GET.get("q", "")[:300],
        "where": request.GET.get("where", "")[:80],
        "people": cast(),
        "password": PASSWORD,
        "now": clock.now(),
        "today": today,
        "last_day": today + timedelta(days=MAX_DAYS),
        "debug": settings.DEBUG,
        "loges": loges,
        "examples": EXAMPLES,
        "search_query": SEARCH,
        "suggest_query": SUGGEST,
        "loges_query": LOGES,
    }
    answer = render(request, "graphql_api/signpost.html", context)
    answer["Content-Security-Policy"] = POLICY
    return answer


MAILS = 50
"""How many of the demo's mails are shown."""
BETWEEN_MAILS = b"-" * 79 + b"\n"
"""What Django writes after each mail of a file."""


def mails(request: HttpRequest) -> HttpResponse:
    """The mail that the demo would have sent, newest first; in demo mode only."""
    files = sorted(Path(settings.EMAIL_FILE_PATH).glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)
    found = [_mail(written) for file in files[:MAILS] for written in file.read_bytes().split(BETWEEN_MAILS)[:-1]]
    response = render(request, "graphql_api/mails.html", {"mails": found})
    response["Content-Security-Policy"] = POLICY
    return response


def _mail(written: bytes) -> dict[str, str]:
    """One mail as people read it."""
    mail = message_from_bytes(written, policy=default_policy)
    body = mail.get_body(("plain",))
    text = body.get_content() if body else ""
    return {"subject": str(mail["Subject"]), "to": str(mail["To"]), "text": text.strip()}
