"""What the demo's team wrote once for the whole site: shared texts, documents, settings."""

from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from wagtail.models import Site

from cms import tree
from cms.demo import bodies, leaflet
from cms.demo.album import Album
from cms.models import BadgeText, CharterVersion, Document, FaqEntry, FlyerTemplate, Partner, SiteTexts


def shared(rows: dict[str, Any]) -> None:
    """The words that pages share, and the documents they offer: there before the first page is written."""
    for row in rows["questions"]:
        FaqEntry.objects.create(question=row["question"], answer=bodies.rich_text(row["answer"]))
    for row in rows["partners"]:
        Partner.objects.create(**row)
    for row in rows["badges"]:
        BadgeText.objects.create(**row)
    for row in rows["documents"]:
        made = leaflet.pdf(row["title"], row["words"], row["points"])
        paper = ContentFile(made, name=row["file"])
        Document.objects.create(title=row["title"], file=paper, collection=tree.handbook_collection())


def charter(version: str, valid_from_on: date, page: dict[str, Any]) -> None:
    """The charter in force: word for word that of its page, which shows it to everybody."""
    (text,) = [block["html"] for block in page["body"] if block["type"] == "rich_text"]
    CharterVersion.objects.create(version=version, valid_from_on=valid_from_on, text=text.strip())


def site(rows: dict[str, Any], album: Album) -> None:
    """The settings of the site, and what flyers say."""
    album.open(None)
    settings = SiteTexts.for_site(Site.objects.get(is_default_site=True))
    for name, value in rows["site"].items():
        setattr(settings, name, value)
    settings.commission_text = bodies.rich_text(settings.commission_text)
    settings.share_image = album.scene(rows["share_image"])
    settings.full_clean()
    settings.save()
    for row in rows["flyers"]:
        FlyerTemplate.objects.create(**{**row, "image": album.scene(row["image"])})
