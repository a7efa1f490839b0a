"""The form of a picture in the admin."""

from typing import Any

from django.core.files.base import File
from django.forms.fields import FileField
from wagtail.admin.forms.account import AvatarPreferencesForm
from wagtail.admin.views.account import AvatarSettingsPanel, BaseSettingsPanel
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from cms import uploads

ALT_HELP = (
    "Ce que montre l'image, en une phrase, pour les personnes qui ne la voient pas : "
    "« Quatre voisins réparent un vélo dans la cour ». Obligatoire."
)


class PictureFileField(WagtailImageField):
    """Takes what `cms.uploads` accepts, and hands on the cleaned picture."""

    def to_python(self, data: Any) -> File[Any] | None:
        """Check and clean while the form can still say what is wrong. Raises ValidationError."""
        file = FileField.to_python(self, data)
        return None if file is None else uploads.clean_picture(file, file.name)


class PictureForm(BaseImageForm):
    """Takes photographs as phones send them, and asks for a text alternative."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            given = self.fields["file"]
            self.fields["file"] = PictureFileField(label=given.label, widget=given.widget, required=given.required)
        if "description" in self.fields:
            self.fields["description"].required = True
            self.fields["description"].label = "Texte alternatif"
            self.fields["description"].help_text = ALT_HELP

    class Meta(BaseImageForm.Meta):
        """Wagtail's own widgets."""

        fields: Any = "__all__"


def clean_portraits() -> None:
    """Take an editor's own photograph like any other: from a phone, cleaned, or with a word why not."""
    AvatarPreferencesForm.base_fields["avatar"] = PictureFileField(label="Photo de profil", required=False)
    AvatarSettingsPanel.template_name = BaseSettingsPanel.template_name  # Wagtail's own shows no error
