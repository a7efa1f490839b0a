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


def show_what_is_stored(form: Any) -> None:
    """Let a refused form keep the file that is stored: Wagtail's screen looks for the new one, and says "lost"."""
    if form.errors and form.original_file:
        form.instance.file = form.original_file


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

    def _post_clean(self) -> None:
        super()._post_clean()
        show_what_is_stored(self)

    class Meta(BaseImageForm.Meta):
        """Wagtail's own widgets."""

        fields: Any = "__all__"


class PortraitForm(AvatarPreferencesForm):
    """An editor's own photograph, taken like any other: from a phone, cleaned, or with a word why not."""

    avatar = PictureFileField(label="Photo de profil", required=False)

    def clean_avatar(self) -> Any:
        """Make a new photograph small, as Wagtail does. One that is taken away goes; one that stays isn't opened."""
        given = self.cleaned_data["avatar"]
        return super().clean_avatar() if given and "avatar" in self.changed_data else given


def take_portraits() -> None:
    """Ask by this form, in the template that shows what is wrong."""
    AvatarSettingsPanel.form_class = PortraitForm
    AvatarSettingsPanel.template_name = BaseSettingsPanel.template_name
