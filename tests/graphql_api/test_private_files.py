"""Pictures and documents of folders that aren't open to everybody, by every door; and no picture made by a query."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signing import TimestampSigner, b62_encode
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction, Site

from cms import images
from cms.documents import SIGNED_FOR_SECONDS
from cms.images import PRESETS
from cms.models import Document, Picture, PictureRendition, SiteTexts
from tests.factories import EventFactory, LogeMembershipFactory
from tests.factories.pages import (
    BlogPostPageFactory,
    ExpertPortraitFactory,
    PartnerFactory,
    PictureFactory,
)
from tests.graphql_api import site
from tests.graphql_api.hidden import ANYBODY, FOLDERS, folder, log_in
from tests.graphql_api.site import SECRET, Ask

pytestmark = pytest.mark.django_db

IMAGE = """alt width height credit focalPoint { x y } placeholder dominantColor url(size: CARD)
  square: sources(size: SQUARE) { src srcset formats { srcset } } wide: sources(size: WIDE) { src srcset }"""


def picture_in(collection: Collection) -> Picture:
    """A small picture in a folder, described by the secret."""
    return PictureFactory(
        collection=collection, drawn_width=40, drawn_height=30, description=SECRET, title=SECRET, credit=SECRET
    )


def _cover(picture: Picture) -> None:
    site.home(cover=picture)


def _cover_of_an_event(picture: Picture) -> None:
    site.event_page(EventFactory(loge__slug="aligre", slug="cafe"), cover=picture)


def _cover_of_a_post(picture: Picture) -> None:
    BlogPostPageFactory(cover=picture)


def _share_image(picture: Picture) -> None:
    SiteTexts.objects.create(site=Site.objects.get(), share_image=picture)


def _block(picture: Picture) -> None:
    site.home(("image", {"image": picture.pk, "alt": SECRET, "caption": ""}))


def _gallery(picture: Picture) -> None:
    figure = {"image": picture.pk, "alt": SECRET, "caption": ""}
    site.home(("gallery", {"heading": "", "images": [{"type": "item", "id": "x", "value": figure}]}))


def _partner(picture: Picture) -> None:
    partner = {"name": "Le Zinc", "kind": "", "url": "", "image": picture.pk}
    site.home(("partners", {"partners": [{"type": "item", "id": "x", "value": partner}], "shared_partners": []}))


def _shared_partner(picture: Picture) -> None:
    site.home(("partners", {"partners": [], "shared_partners": [PartnerFactory(image=picture).pk]}))


def _portrait(picture: Picture) -> None:
    portrait = ExpertPortraitFactory(picture=picture, expert__loge__slug="aligre", expert__slug="ines")
    LogeMembershipFactory(loge=portrait.expert.loge, person=portrait.expert.person, coordinator=True)


DOORS: dict[str, tuple[Callable[[Picture], None], str]] = {
    "cover": (_cover, f"{{ homePage {{ cover {{ {IMAGE} }} }} }}"),
    "cover found by path": (_cover, f'{{ route(path: "/") {{ ... on Page {{ cover {{ {IMAGE} }} }} }} }}'),
    "cover of an event": (
        _cover_of_an_event,
        f'{{ event(loge: "aligre", slug: "cafe") {{ cover {{ {IMAGE} }} page {{ cover {{ {IMAGE} }} }} }} }}',
    ),
    "cover of a post": (
        _cover_of_a_post,
        f"{{ blogPosts(first: 9) {{ edges {{ node {{ cover {{ {IMAGE} }} }} }} }} }}",
    ),
    "cover of a child of a child": (
        _cover_of_a_post,
        f"""{{ homePage {{ children(first: 9) {{ edges {{ node {{ children(first: 9) {{
            edges {{ node {{ cover {{ {IMAGE} }} }} }} }} }} }} }} }} }}""",
    ),
    "share image": (_share_image, f"{{ site {{ shareImage {{ {IMAGE} }} }} }}"),
    "image block": (_block, f"{{ homePage {{ body {{ ... on ImageBlock {{ caption image {{ {IMAGE} }} }} }} }} }}"),
    "gallery": (
        _gallery,
        f"{{ homePage {{ body {{ ... on GalleryBlock {{ images {{ image {{ {IMAGE} }} }} }} }} }} }}",
    ),
    "partner": (
        _partner,
        f"{{ homePage {{ body {{ ... on PartnersBlock {{ partners {{ name image {{ {IMAGE} }} }} }} }} }} }}",
    ),
    "shared partner": (
        _shared_partner,
        f"{{ homePage {{ body {{ ... on PartnersBlock {{ partners {{ name image {{ {IMAGE} }} }} }} }} }} }}",
    ),
    "portrait": (_portrait, f'{{ expert(loge: "aligre", slug: "ines") {{ photo {{ {IMAGE} }} }} }}'),
    "portrait of a coordinator": (
        _portrait,
        f'{{ loge(slug: "aligre") {{ coordinators {{ photo {{ {IMAGE} }} }} }} }}',
    ),
}
every_door = pytest.mark.parametrize(("show", "query"), DOORS.values(), ids=DOORS)


def is_shown(answer: Any, picture: Picture) -> bool:
    """Whether an answer tells anything of a picture."""
    told = json.dumps(answer)
    return SECRET in told or f"/pictures/{picture.pk}/" in told or picture.placeholder in told


@every_door
def test_picture_of_an_open_folder_is_shown(ask: Ask, show: Callable[[Picture], None], query: str) -> None:
    picture = picture_in(Collection.get_first_root_node())
    show(picture)

    assert is_shown(ask(query), picture)


@every_door
@pytest.mark.parametrize("kind", FOLDERS)
def test_picture_of_a_closed_folder_is_shown_to_those_it_is_open_to_alone(
    ask: Ask, client: Client, show: Callable[[Picture], None], query: str, kind: str
) -> None:
    collection, readers = folder(kind)
    picture = picture_in(collection)
    show(picture)

    for person, is_welcome in readers.each():
        log_in(client, person)
        assert is_shown(ask(query), picture) == is_welcome, person


def test_picture_that_is_hidden_leaves_the_others_of_its_gallery(ask: Ask) -> None:
    pictures = [picture_in(folder("log-in")[0]), picture_in(Collection.get_first_root_node())]
    figures = [{"image": picture.pk, "alt": f"Image {n}", "caption": f"{n}"} for n, picture in enumerate(pictures)]
    site.home(("gallery", {"images": [{"type": "item", "id": "x", "value": figure} for figure in figures]}))

    (block,) = ask("{ homePage { body { ... on GalleryBlock { images { caption image { alt } } } } } }")["homePage"][
        "body"
    ]

    assert block["images"] == [{"caption": "0", "image": None}, {"caption": "1", "image": {"alt": "Image 1"}}]


# --- Plain pages ----------------------------------------------------------------------------------


def _block_of_experts(picture: Picture) -> None:
    portrait = ExpertPortraitFactory(picture=picture, expert__published=True, expert__loge__slug="aligre")
    site.loge_page(portrait.expert.loge, ("experts", {"limit": 5}))


PLAIN_DOORS: dict[str, tuple[Callable[[Picture], None], str]] = {
    "cover": (_cover, "/"),
    "cover of a post": (_cover_of_a_post, "/blog/"),
    "share image": (_share_image, "/"),
    "image block": (_block, "/"),
    "gallery": (_gallery, "/"),
    "partner": (_partner, "/"),
    "shared partner": (_shared_partner, "/"),
    "portrait": (_block_of_experts, "/loges/aligre/"),
}
every_plain_door = pytest.mark.parametrize(("show", "path"), PLAIN_DOORS.values(), ids=PLAIN_DOORS)


@every_plain_door
def test_plain_page_shows_a_picture_of_an_open_folder(
    client: Client, show: Callable[[Picture], None], path: str
) -> None:
    picture = picture_in(Collection.get_first_root_node())
    show(picture)

    assert is_shown(client.get(path).text, picture)


@every_plain_door
@pytest.mark.parametrize("kind", FOLDERS)
def test_plain_page_shows_a_picture_of_a_closed_folder_to_those_it_is_open_to_alone(
    client: Client, show: Callable[[Picture], None], path: str, kind: str
) -> None:
    collection, readers = folder(kind)
    picture = picture_in(collection)
    show(picture)

    for person, is_welcome in readers.each():
        log_in(client, person)
        assert is_shown(client.get(path).text, picture) == is_welcome, person


# --- Addresses ------------------------------------------------------------------------------------


def addresses_of(picture: Picture) -> list[str]:
    """Where the files of a picture are: the original, one of its sizes, one that the admin shows."""
    return [picture.file.url, images.widest(picture, "CARD").url, picture.get_rendition("width-20").url]


def handed_out(client: Client, address: str) -> tuple[int, str]:
    """The status of an answer, and how long others may keep it."""
    answer = client.get(address)
    read(answer)
    return answer.status_code, answer.get("Cache-Control", "")


def read(answer: Any) -> None:
    """Read a file to its end: closing it before would close the database's connection, too."""
    if answer.streaming:
        b"".join(answer.streaming_content)


def test_files_of_a_picture_of_an_open_folder_are_handed_out_to_anybody(client: Client) -> None:
    picture = picture_in(Collection.get_first_root_node())

    assert {handed_out(client, address) for address in addresses_of(picture)} == {(200, "public, max-age=3600")}


@pytest.mark.parametrize("kind", FOLDERS)
def test_files_of_a_picture_of_a_closed_folder_are_handed_out_to_those_it_is_open_to_alone(
    client: Client, kind: str
) -> None:
    collection, readers = folder(kind)
    addresses = addresses_of(picture_in(collection))

    for person, is_welcome in readers.each():
        log_in(client, person)
        expected = (200, "private, no-store") if is_welcome else (404, "")
        assert {handed_out(client, address) for address in addresses} == {expected}, person


@pytest.mark.parametrize("kind", ["password", "below password"])
def test_picture_behind_a_password_is_for_those_who_gave_it(client: Client, kind: str) -> None:
    picture = picture_in(folder(kind)[0])
    _cover(picture)
    restriction = CollectionViewRestriction.objects.get(restriction_type="password")
    form = reverse("wagtaildocs_authenticate_with_password", args=[restriction.pk])

    client.post(form, {"password": "sésame", "return_url": "/"})

    assert is_shown(client.get("/").text, picture)
    assert {handed_out(client, address) for address in addresses_of(picture)} == {(200, "private, no-store")}
    log_in(client, ANYBODY)
    assert not is_shown(client.get("/").text, picture)
    assert {handed_out(client, address) for address in addresses_of(picture)} == {(404, "")}


def test_file_that_is_no_picture_s_is_not_handed_out(client: Client, settings: Any) -> None:
    for folder_name in ("", "original_images", "images", "documents", "pictures"):
        path = Path(settings.MEDIA_ROOT, folder_name, "papier.txt")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(SECRET)

        assert client.get(f"/media/{folder_name}/papier.txt".replace("//", "/")).status_code == 404, folder_name


# --- Sizes ----------------------------------------------------------------------------------------


def test_query_for_all_sizes_of_many_pictures_makes_no_file_and_no_row(ask: Ask, settings: Any) -> None:
    pictures = [PictureFactory(drawn_width=900, drawn_height=600) for _ in range(5)]
    figures = [{"image": picture.pk, "alt": "x", "caption": ""} for picture in pictures]
    site.home(
        ("gallery", {"images": [{"type": "item", "id": "x", "value": figure} for figure in figures]}),
        cover=pictures[0],
    )
    Picture.objects.filter(pk=pictures[1].pk).update(sizes={})  # as one whose sizes were never made
    sizes = " ".join(
        f"a{size}: url(size: {size}) b{size}: sources(size: {size}) {{ src srcset }}" for size in PRESETS
    )
    before = sorted(Path(settings.MEDIA_ROOT).rglob("*")), list(Picture.objects.order_by("pk").values())

    gallery = f"... on GalleryBlock {{ images {{ image {{ {sizes} }} }} }}"
    found = ask(f"{{ homePage {{ cover {{ {sizes} }} body {{ {gallery} }} }} }}")

    after = sorted(Path(settings.MEDIA_ROOT).rglob("*")), list(Picture.objects.order_by("pk").values())
    assert len(found["homePage"]["body"][0]["images"]) == 5
    assert after == before
    assert not PictureRendition.objects.exists()


# --- Documents ------------------------------------------------------------------------------------


def document_in(collection: Collection) -> Document:
    """A document in a folder, called by the secret."""
    return Document.objects.create(
        title=SECRET, file=SimpleUploadedFile("papier.txt", b"Bonjour"), collection=collection
    )


def _download(document: Document) -> None:
    site.home(("download", {"label": "Le papier", "document": document.pk}))


def _link(document: Document) -> None:
    site.home(("rich_text", f'<p><a linktype="document" id="{document.pk}">là</a></p>'))


DOCUMENT = "title filename url sizeBytes mimeType updatedAt"
DOWNLOAD = f"{{ homePage {{ body {{ ... on DownloadBlock {{ label document {{ {DOCUMENT} }} }} }} }} }}"
DOCUMENT_DOORS: dict[str, tuple[Callable[[Document], None], str]] = {
    "download": (_download, DOWNLOAD),
    "rich text": (
        _link,
        f"""{{ homePage {{ body {{ ... on RichTextBlock {{ text {{
            html text ast references {{ ... on Document {{ {DOCUMENT} }} }} }} }} }} }} }}""",
    ),
}
every_document_door = pytest.mark.parametrize(("show", "query"), DOCUMENT_DOORS.values(), ids=DOCUMENT_DOORS)


def address_in(answer: Any) -> str:
    """The address of the document that an answer tells, wherever it is."""
    (block,) = answer["homePage"]["body"]
    document = block["document"] if "document" in block else next(iter(block["text"]["references"]), None)
    return document["url"] if document else ""


@every_document_door
def test_document_of_an_open_folder_has_a_lasting_address(
    ask: Ask, client: Client, show: Callable[[Document], None], query: str
) -> None:
    document = document_in(Collection.get_first_root_node())
    show(document)

    address = address_in(ask(query))

    assert address == document.url
    assert b"".join(client.get(address)) == b"Bonjour"


@every_document_door
@pytest.mark.parametrize("kind", FOLDERS)
def test_document_of_a_closed_folder_is_told_to_those_it_is_open_to_alone(
    ask: Ask, client: Client, show: Callable[[Document], None], query: str, kind: str
) -> None:
    collection, readers = folder(kind)
    document = document_in(collection)
    show(document)

    for person, is_welcome in readers.each():
        log_in(client, person)
        found = ask(query)

        told = json.dumps(found)
        assert (SECRET in told, "papier" in told.replace("Le papier", "")) == (is_welcome, is_welcome), person
        assert address_in(found).startswith("/documents/signed/") == is_welcome
        if is_welcome:
            answer = Client().get(address_in(found))
            assert (answer.status_code, b"".join(answer)) == (200, b"Bonjour")
            assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("show", [_download, _link])
@pytest.mark.parametrize("kind", FOLDERS)
def test_plain_page_leads_to_a_document_of_a_closed_folder_for_those_it_is_open_to_alone(
    client: Client, show: Callable[[Document], None], kind: str
) -> None:
    collection, readers = folder(kind)
    document = document_in(collection)
    show(document)

    for person, is_welcome in readers.each():
        log_in(client, person)
        told = client.get("/").text
        assert ("papier.txt" in told, "/documents/signed/" in told) == (is_welcome, is_welcome), person


class _Earlier(TimestampSigner):
    """Signs as it was done some seconds ago."""

    def __init__(self, seconds: int) -> None:
        super().__init__(salt="cms.documents")
        self.seconds = seconds

    def timestamp(self) -> str:
        return b62_encode(int(time.time()) - self.seconds)


def signed(document: Document, seconds: int) -> str:
    """The address that was given for a document some seconds ago."""
    return reverse("signed_document", args=[_Earlier(seconds).sign(str(document.pk)), document.filename])


@pytest.mark.parametrize(
    ("seconds", "status"),
    [(0, 200), (SIGNED_FOR_SECONDS - 60, 200), (SIGNED_FOR_SECONDS + 1, 404), (3 * 365 * 86_400, 404)],
)
def test_signed_address_holds_for_ten_minutes(client: Client, seconds: int, status: int) -> None:
    document = document_in(folder("log-in")[0])

    answer = client.get(signed(document, seconds))

    assert SIGNED_FOR_SECONDS == 600
    assert answer.status_code == status
    read(answer)


def test_signed_address_is_told_to_no_other_site_and_runs_nothing(client: Client) -> None:
    answer = client.get(signed(document_in(folder("log-in")[0]), 0))
    read(answer)

    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"] == "default-src 'none'"
    assert answer["Referrer-Policy"] == "no-referrer"


def test_signed_address_that_was_tampered_with_is_not_found(ask: Ask, client: Client) -> None:
    collection, readers = folder("log-in")
    document, other = document_in(collection), document_in(collection)
    _download(document)
    log_in(client, readers.welcome[0])
    address = address_in(ask(DOWNLOAD))
    log_in(client, None)
    signature, filename = address.removeprefix("/documents/signed/").rsplit("/", 1)
    number, moment, seal = signature.split(":")

    for tampered in (
        f"{other.pk}:{moment}:{seal}/{filename}",
        f"{number}:{moment[:-1]}x:{seal}/{filename}",
        f"{number}:{moment}:{seal[:-1]}{'A' if seal[-1] != 'A' else 'B'}/{filename}",
        f"{number}:{moment}:/{filename}",
        f"{number}/{filename}",
        f"{signature}/autre.txt",
        f"{signature}/{other.filename}",
        f"::/{filename}",
        f"{TimestampSigner(salt='ailleurs').sign(number)}/{filename}",
        f"{_Earlier(0).sign('x')}/{filename}",
    ):
        assert client.get(f"/documents/signed/{tampered}").status_code == 404, tampered


def test_plain_address_of_a_document_of_a_closed_folder_gives_strangers_nothing(client: Client) -> None:
    document = document_in(folder("below log-in")[0])

    plain, file = client.get(document.url), client.get(document.file.url)

    assert (plain.status_code, file.status_code) == (302, 404)
