"""What the plain pages are made of."""

import json
import re
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe

from cms import content, documents, plain, rich_text
from cms.addresses import address_of
from cms.models.base import SitePage

register = template.Library()

_IN_SCRIPTS = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.simple_tag(takes_context=True)
def surroundings(context: Any, page: SitePage) -> plain.Surroundings:
    """What stands around the page. What its blocks refer to is at hand for the tags below from here on."""
    found = plain.surroundings(page, context["request"])
    context["material"] = found.material
    return found


@register.simple_tag(takes_context=True)
def rich(context: Any, value: Any) -> SafeString:
    """A rich text, its links leading only to what the reader may see."""
    source = str(getattr(value, "source", value) or "")
    material = context.get("material") or content.load([], None, texts=[source])
    # Built from escaped words and known tags alone.
    return mark_safe(rich_text.html(source, material.resolve))  # noqa: S308


@register.simple_tag(takes_context=True)
def page_address(context: Any, page: Any) -> str:
    """Where a page that a block refers to is; nothing where the reader may not see it."""
    material = context.get("material")
    found = material.pages.get(page.pk) if material and page else None
    return (address_of(found) or "") if found else ""


@register.simple_tag(takes_context=True)
def document_address(context: Any, document: Any) -> str:
    """Where a document that a block refers to is; nothing where the reader may not see it."""
    material = context.get("material")
    found = material.documents.get(document.pk) if material and document else None
    return documents.address(found, is_private=found.is_private) if found else ""


@register.filter(expects_localtime=True)
def in_french(day: Any, form: str) -> str:
    """A day as Django writes it, but the first of a month as the French do: « 1er avril »."""
    return re.sub(r"\b1 (?=\D)", "1er ", date_format(day, form)) if day else ""


@register.filter
def as_json(value: Any) -> SafeString:
    """JSON that may stand inside a script element, whatever somebody wrote."""
    return mark_safe(json.dumps(value, ensure_ascii=False).translate(_IN_SCRIPTS))  # noqa: S308
