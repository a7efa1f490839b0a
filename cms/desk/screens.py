"""What the desk's own screens share: the title told whole, and the scripts and styles that their fields need."""

from typing import Any

from django.forms import Media
from django.forms.forms import BaseForm
from django.forms.formsets import BaseFormSet
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin


class Screen(WagtailAdminTemplateMixin):
    """A screen of the desk; its template extends `cms/desk/screen.html`."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the template shows, and the media of its forms: without, the pickers of days and hours are dead."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        shown = [one for one in context.values() if isinstance(one, BaseForm | BaseFormSet)]
        return {**context, "media": sum((one.media for one in shown), Media())}
