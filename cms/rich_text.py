"""Rich text as HTML for readers: links lead to public pages only, in one statement whatever their number."""

import re

from django.utils.html import escape
from wagtail.models import Page

from cms.queries import public

_PAGE_LINK = re.compile(r'<a\s[^>]*\blinktype="page"[^>]*>')
_LINK_ID = re.compile(r'\bid="(\d+)"')
_OTHER_REFERENCE = re.compile(r'<a\s[^>]*\blinktype="(?!page)[^>]*>|<embed\s[^>]*/?>')
_EDITORS_KEY = re.compile(r'\sdata-block-key="[^"]*"')
_DEAD_LINK = re.compile(r"<a>(.*?)</a>", re.DOTALL)


def page_ids(*sources: str) -> set[int]:
    """The pages that these rich texts link to."""
    links = (link for source in sources for link in _PAGE_LINK.findall(source))
    return {int(found[1]) for link in links if (found := _LINK_ID.search(link))}


def public_paths(ids: set[int]) -> dict[int, str]:
    """The paths of those pages that anybody may read, by id. One statement, none for no ids."""
    if not ids:
        return {}
    pages = public(Page.objects.filter(pk__in=ids))
    return {page.pk: page.specific_deferred.url for page in pages if page.url}


def html(source: str, paths: dict[int, str]) -> str:
    """The rich text as HTML; a link whose page is not in `paths` becomes plain text."""

    def resolve(link: re.Match[str]) -> str:
        found = _LINK_ID.search(link[0])
        path = paths.get(int(found[1])) if found else None
        return f'<a href="{escape(path)}">' if path else "<a>"

    resolved = _OTHER_REFERENCE.sub("<a>", _PAGE_LINK.sub(resolve, _EDITORS_KEY.sub("", source)))
    return _DEAD_LINK.sub(r"\1", resolved).replace("<a>", "")
