"""Outlines in forms: what was drawn on a map or pasted, as GeoJSON. The text is the value; the map follows it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.fields import InvalidJSONInput

from cms import maps
from cms.maps import Place
from loges.outlines import NotAPolygon, TooManyCorners, check_outline


class OutlineInput(forms.Textarea):
    """A text in GeoJSON below a map on which it can be drawn.

    Without scripts a picture of `home` stands there: what is saved. `circle`: the names of the form's fields for
    latitude, longitude and radius, where it has some.
    """

    template_name = "cms/widgets/outline.html"
    home: Place | None = None
    others: Sequence[Place] = ()
    circle: Sequence[str] = ()

    class Media:
        js = ("cms/outline.js",)

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 4, "spellcheck": "false", **(attrs or {})})

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """What the template shows."""
        context = super().get_context(name, value, attrs)
        home = self.home
        context["widget"] |= {
            "map": {
                "home": home.told if home else None,
                "others": [one.told for one in (maps.near(home.shape, self.others) if home else self.others)],
            },
            "map_id": f"{context['widget']['attrs'].get('id', name)}-map",
            "picture": maps.drawn(home, self.others) if home else "",
            "circle": " ".join(self.circle),
        }
        return context


class OutlineField(forms.JSONField):
    """A GeoJSON Polygon or MultiPolygon, alone or wrapped up as tools do.

    What can't be read is shown as it was typed. Its value holds type and coordinates, nothing else that a tool adds.
    """

    widget = OutlineInput

    def show(self, *, home: Place | None = None, others: Sequence[Place] = (), circle: Sequence[str] = ()) -> None:
        """Say what the map shows; see OutlineInput."""
        self.widget.home, self.widget.others, self.widget.circle = home, others, circle

    def to_python(self, value: Any) -> Any:
        """Read it, however deep or long. Raises ValidationError."""
        try:
            drawn = _unwrapped(super().to_python(value.strip() if isinstance(value, str) else value))
        except (ValueError, RecursionError) as error:
            raise forms.ValidationError(self.error_messages["invalid"], "invalid", {"value": "…"}) from error
        if drawn is None:
            return None
        try:
            check_outline(drawn)
        except (NotAPolygon, TooManyCorners) as refusal:
            raise forms.ValidationError(refusal.told, "outline") from refusal
        return {name: drawn[name] for name in ("type", "coordinates")}

    def prepare_value(self, value: Any) -> Any:
        """Nothing for no outline; else its text."""
        return "" if value is None else super().prepare_value(value)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """The text that was typed."""
        return InvalidJSONInput(data or "")

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether something was drawn."""
        return bool(data)


def _unwrapped(drawn: Any) -> Any:
    """The outline alone, out of a Feature or of a FeatureCollection with one."""
    if isinstance(drawn, dict) and drawn.get("type") == "FeatureCollection":
        features = drawn.get("features")
        drawn = features[0] if isinstance(features, list) and len(features) == 1 else drawn
    if isinstance(drawn, dict) and drawn.get("type") == "Feature":
        drawn = drawn.get("geometry") or {}  # a feature without one draws nothing
    return drawn
