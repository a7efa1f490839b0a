"""The demo's front page: what is where, who may log in, and a search that shows the query behind its answer."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cms import clock
from cms.demo.cast import cast
from cms.demo.login import PASSWORD
from loges import queries

SEARCH = """query SearchExperts($input: ExpertSearchInput!) {
  searchExperts(input: $input, first: 6) {
    totalCount
    understanding {
      services { slug name }
      places { kind label }
      corrections { typed read }
      question { text choices { slug name } }
    }
    edges {
      node {
        distanceMeters
        whyHere
        matchedServices { slug name }
        expert {
          slug firstName initial headline path
          photo { url(size: SQUARE) alt }
          loge { slug name }
          rating { average count }
          offers { title unit price { formatted } service { slug } }
        }
      }
    }
  }
}"""
"""The query that the signpost's search box sends: the very text is shown to the reader."""

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


def page(request: HttpRequest) -> HttpResponse:
    """The signpost, in demo mode only."""
    loges = [loge for loge in queries.loges(None) if loge.state == "ACTIVE"]
    context: dict[str, Any] = {
        "people": cast(),
        "password": PASSWORD,
        "now": clock.now(),
        "debug": settings.DEBUG,
        "loges": loges,
        "search_query": SEARCH,
        "loges_query": LOGES,
    }
    return render(request, "graphql_api/signpost.html", context)
