"""The form of a picture in the admin."""

from typing import Any

from wagtail.images.forms import BaseImageForm

from cms import images
from cms.models import Picture


class PictureForm(BaseImageForm):
    """Makes the picture's sizes anew once everything about it is saved."""

    def save(self, commit: bool = True) -> Picture:
        """Save; a new file or focal point means new sizes."""
        picture: Picture = super().save(commit=commit)
        if commit:
            images.make_sizes(picture)
        return picture

    class Meta(BaseImageForm.Meta):
        """Wagtail's own widgets."""

        fields: Any = "__all__"
