"""The demo's drawn pictures, put into the site's image library with all their sizes."""

from collections.abc import Callable, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

from django.core.files.base import ContentFile
from wagtail.models import Collection

from cms import images, renders
from cms.demo import pictures
from cms.images import Order
from cms.models import LogeCollection, Picture
from loges.models import Loge


class Album:
    """Keeps each picture in the collection of the loge that is being loaded, once.

    Another process draws ahead, then makes the slow formats meanwhile; `finish` waits for them.
    """

    def __init__(self, experts: Iterable[dict[str, Any]], progress: Callable[[str], None]) -> None:
        self.progress = progress
        self.collection = Collection.get_first_root_node()
        self.kept: dict[str, Picture] = {}
        self.ordered: list[tuple[Picture, Order, Future[list[bytes]]]] = []
        # A fresh process, not a copy of this one with its database connection.
        self.workshop = ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"))
        draw = self.workshop.submit
        self.drawn = {row["slug"]: draw(pictures.portrait, row["slug"], row["first_name"]) for row in experts}
        self.drawn |= {name: draw(pictures.scene, name) for name in pictures.SCENES}

    def open(self, loge: Loge | None) -> None:
        """From now on, pictures go to that loge's collection (None: the network's)."""
        self.collection = (
            Collection.get_first_root_node()
            if loge is None
            else LogeCollection.objects.select_related("collection").get(loge=loge).collection
        )

    def portrait(self, row: dict[str, Any]) -> Picture | None:
        """An expert's portrait. Its name is short: Wagtail cuts long ones, and namesakes get random ends."""
        return self._keep(row["slug"], f"Portrait de {row['first_name']}")

    def scene(self, name: str | None) -> Picture | None:
        """One of the drawn scenes, by name."""
        return self._keep(name, pictures.SCENES[name]) if name else None

    def finish(self) -> None:
        """Put the slow formats beside their pictures."""
        self.progress("Images : formats AVIF et WebP")
        for picture, order, made in self.ordered:
            images.deliver(picture, order, made.result())
        self.workshop.shutdown(cancel_futures=True)

    def _keep(self, name: str, description: str) -> Picture:
        if name not in self.kept:
            content = ContentFile(self.drawn[name].result(), name=f"{name}.png")
            picture = Picture(title=description, description=description, file=content, collection=self.collection)
            picture.credit = "Dessin OpenLoge"
            picture.save()
            order = images.order(picture)
            made = self.workshop.submit(renders.render, images.original(picture), order.cuts, in_a_hurry=True)
            self.ordered.append((picture, order, made))
            self.kept[name] = picture
        return self.kept[name]


class EmptyAlbum(Album):
    """No picture at all: tests that look at none load faster."""

    def __init__(self) -> None:
        pass

    def open(self, loge: Loge | None) -> None:
        """Nothing to open."""

    def portrait(self, row: dict[str, Any]) -> None:
        """No portrait."""

    def scene(self, name: str | None) -> None:
        """No scene."""

    def finish(self) -> None:
        """Nothing to wait for."""
