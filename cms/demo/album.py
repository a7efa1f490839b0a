"""The demo's drawn pictures, put into the site's image library."""

from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile
from wagtail.models import Collection

from cms.demo import pictures
from cms.models import LogeCollection, Picture
from loges.models import Loge


class Album:
    """Draws each picture once and keeps it in the collection of the loge that is being loaded."""

    def __init__(self, with_pictures: bool, progress: Callable[[str], None]) -> None:
        self.with_pictures, self.progress = with_pictures, progress
        self.collection = Collection.get_first_root_node()
        self.kept: dict[str, Picture] = {}

    def open(self, loge: Loge | None) -> None:
        """From now on, pictures go to that loge's collection (None: the network's)."""
        self.collection = (
            Collection.get_first_root_node()
            if loge is None
            else LogeCollection.objects.select_related("collection").get(loge=loge).collection
        )

    def portrait(self, row: dict[str, Any]) -> Picture | None:
        """An expert's portrait. Its name is short: Wagtail cuts long ones, and namesakes get random ends."""
        return self._keep(
            row["slug"], f"Portrait de {row['first_name']}", lambda: pictures.portrait(row["slug"], row["first_name"])
        )

    def scene(self, name: str | None) -> Picture | None:
        """One of the drawn scenes, by name."""
        if not name:
            return None
        return self._keep(name, pictures.SCENES[name], lambda: pictures.scene(name))

    def _keep(self, name: str, description: str, draw: Callable[[], bytes]) -> Picture | None:
        if not self.with_pictures:
            return None
        if name not in self.kept:
            content = ContentFile(draw(), name=f"{name}.png")
            picture = Picture(title=description, description=description, file=content, collection=self.collection)
            picture.credit = "Dessin OpenLoge"
            picture.save()
            self.kept[name] = picture
        return self.kept[name]
