"""The editors' admin as a person uses it: open a form, change some fields, press a button."""

import json
from typing import Any

from bs4 import BeautifulSoup
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from cms.blocks.text import RICH_TEXT_FEATURES
from loges.models import Person

Fields = dict[str, Any]


def at_desk(person: Person | None) -> Client:
    """A browser in which that person (or nobody) is logged in."""
    client = Client()
    if person is not None:
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def soup(response: Any) -> BeautifulSoup:
    """The answer as a document."""
    return BeautifulSoup(response.content, "html.parser")


def form_of(client: Client, url: str, form_id: str = "page-edit-form") -> Fields:
    """The fields of a form as the browser would send them, without those that scripts add (a page's blocks)."""
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code, response.get("Location"))
    form = soup(response).find("form", id=form_id)
    assert form is not None, f"no form {form_id} at {url}"
    data = QueryDict(mutable=True)
    for field in form.find_all(["input", "textarea", "select"]):
        name, kind = field.get("name"), field.get("type", "text")
        if not name or field.find_parent("template") or "__prefix__" in name:
            continue
        if field.name == "textarea":
            data.appendlist(name, field.text.removeprefix("\n"))
        elif field.name == "select":
            chosen = field.find("option", selected=True) or field.find("option")
            data.appendlist(name, chosen.get("value", "") if chosen else "")
        elif kind in {"checkbox", "radio"}:
            if field.has_attr("checked"):
                data.appendlist(name, field.get("value", "on"))
        elif kind not in {"submit", "button", "file"}:
            data.appendlist(name, field.get("value", ""))
    return dict(data.items())


def text(html: str) -> tuple[str, str]:
    """A block of rich text as its editor sends it."""
    return "rich_text", rich_text(html, features=RICH_TEXT_FEATURES)


def body(*blocks: tuple[str, Any]) -> Fields:
    """A page's blocks as their editor sends them."""
    return nested_form_data({"body": streamfield(blocks)})


def edit_url(page: Page) -> str:
    """Where a page is edited."""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def add_event_url(parent: Page) -> str:
    """Where an event is added to a loge's page."""
    return reverse("wagtailadmin_pages:add", args=["cms", "eventpage", parent.pk])


def send(client: Client, url: str, button: str = "", **changes: Any) -> Any:
    """Open the page form at `url`, change fields, press a button: "publish", "submit", or "" to save a draft."""
    data = {**form_of(client, url), **body(text("<p>Bienvenue.</p>")), **changes}
    if button:
        data[f"action-{button}"] = "1"
    return client.post(url, data)


def autosave(client: Client, url: str, **changes: Any) -> Any:
    """What the form sends by itself while somebody types."""
    data = {**form_of(client, url), **body(text("<p>Bienvenue.</p>")), **changes}
    return client.post(url, data, headers={"accept": "application/json"})


def _rows(name: str, *rows: Fields) -> Fields:
    """Rows of a form within the form, as it sends them."""
    found: Fields = {
        f"{name}-TOTAL_FORMS": len(rows),
        f"{name}-INITIAL_FORMS": sum(bool(row.get("id")) for row in rows),
        f"{name}-MIN_NUM_FORMS": 0,
        f"{name}-MAX_NUM_FORMS": 1000,
    }
    for number, row in enumerate(rows):
        full = {"id": "", "ORDER": number + 1, "DELETE": "", **row}
        found |= {f"{name}-{number}-{field}": value for field, value in full.items()}
    return found


def speakers(*rows: Fields) -> Fields:
    """An event's speakers as the form sends them."""
    return _rows("speakers", *({"expert": "", "resident_first_name": "", "topic": "", **row} for row in rows))


def exceptions(*days: str) -> Fields:
    """The days on which an event doesn't take place, as the form sends them."""
    return _rows("exceptions", *({"on": day} for day in days))


EVENT: Fields = {
    "title": "Dîner des récoltes à l'été",
    "slug": "diner-des-recoltes-a-l-ete",
    "starts_on": "12/03/2026",
    "starts_at_time": "19:00",
    "duration_minutes": "120",
    "recurrence": "",
    "rule": "",
    "until_on": "",
    "venue_name": "Le Zinc du Marché",
    "venue_kind": "CAFE",
    **speakers(),
    **exceptions(),
}
"""What a coordinator types to announce an evening."""


def errors_of(response: Any) -> dict[str, list[str]]:
    """The form errors that an answer shows, by field."""
    form = response.context["form"]
    found = {name: list(errors) for name, errors in form.errors.items()}
    for name, formset in form.formsets.items():
        rows = [error for row in formset.errors for error in row.values()]
        if rows or formset.non_form_errors():
            found[name] = [str(text) for texts in rows for text in texts]
    return found


def errors_at(answer: Any, name: str) -> str:
    """What is told at a field, as the person sees it."""
    field = soup(answer).find(attrs={"name": name})
    assert isinstance(field, BeautifulSoup) or field is not None
    around = field.find_parent(class_="w-field__wrapper")
    assert around is not None
    return " ".join(error.text.strip() for error in around.select(".error-message")).replace("\u00a0", " ")


def as_json(response: Any) -> Any:
    """The answer as data."""
    return json.loads(response.content)
