"""What is at a path of the site: a page, another address, nothing any more, or a closed door."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from django.db.models import F, Value
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction, Site

from cms import page_restrictions
from cms.addresses import path_of
from loges.permissions import Viewer

LONGEST_PATH = 1_000
"""Longer paths lead nowhere, in characters."""


@dataclass(frozen=True, slots=True)
class Moved:
    """It is elsewhere now: a path of the site, or an address outside; for good or for a while."""

    location: str
    is_permanent: bool


@dataclass(frozen=True, slots=True)
class Gone:
    """A page was there and was taken away."""

    path: str


@dataclass(frozen=True, slots=True)
class Closed:
    """A page is there, for others: `restriction` is what keeps this person out (LOGIN, GROUPS or PASSWORD)."""

    path: str
    restriction: str


def route(path: str, person: Viewer) -> Page | Moved | Gone | Closed | None:
    """What is at that path for that person; None where there never was anything. At most three statements.

    The page is answered as a plain `Page`: `queries.specific` makes it what it is.
    """
    asked = normalised(path)
    if asked is None:
        return None
    found: Page | None = Page.objects.filter(url_path=_root_path() + asked).first()
    if found is not None and found.live:
        restriction = _kept_out_by(found, person)
        return Closed(asked, restriction.restriction_type.upper()) if restriction else found
    moved = _moved(asked, person)
    if moved is None and found is not None and found.first_published_at:
        return None if _kept_out_by(found, person) else Gone(asked)
    return moved


def normalised(path: str) -> str | None:
    """The path as pages have it: decoded, without query, with slashes at both ends; None for what can't be one."""
    if not path.startswith("/") or len(path) > LONGEST_PATH:
        return None
    try:
        decoded = unquote(urlsplit("//site" + path).path, errors="strict")
        decoded.encode()
    except (UnicodeError, ValueError):
        return None
    if "\0" in decoded or decoded.startswith("//"):  # the latter names a host, where redirections are looked up
        return None
    return decoded if decoded.endswith("/") else f"{decoded}/"


def _root_path() -> str:
    """The part of `url_path` that stands before the site's own paths."""
    roots = Site.get_site_root_paths()
    return str(roots[0].root_path).rstrip("/") if roots else ""


def _kept_out_by(page: Page, person: Viewer) -> PageViewRestriction | None:
    return page_restrictions.unmet(Value(page.path), person).order_by("page__path").first()


def _moved(path: str, person: Viewer) -> Moved | Gone | None:
    """Where a redirection leads; one that leads to no page that may be read says that the page is gone."""
    rows: Any = Redirect.objects.filter(old_path=Redirect.normalise_path(path)).select_related("redirect_page")
    found = rows.order_by(F("site").desc(nulls_last=True), "pk").first()  # the site's own first, as Wagtail has it
    if found is None:
        return None
    if found.redirect_link:
        return Moved(found.redirect_link, found.is_permanent)
    page = found.redirect_page
    if page is None or not page.live or _kept_out_by(page, person):
        return Gone(path)
    return Moved(f"{path_of(page)}", found.is_permanent)
