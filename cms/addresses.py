"""Where pages are: their path on the site, and their full or relative address."""

from typing import Any

from django.conf import settings


def path_of(page: Any) -> str | None:
    """The page's path with slashes at both ends; none for a page that no site shows. No statement once warm."""
    parts = page.get_url_parts()
    return parts[2] if parts else None


def address_of(page: Any) -> str | None:
    """The page's address for links: absolute on a frontend where FRONTEND_URL names one, else its path."""
    path = path_of(page)
    return f"{settings.FRONTEND_URL}{path}" if path else None


def full_address_of(page: Any) -> str | None:
    """The page's absolute address: on the frontend where there is one, else on this server."""
    path = path_of(page)
    return f"{settings.FRONTEND_URL or settings.BASE_URL}{path}" if path else None
