"""Outlines in forms: what was drawn or pasted, as GeoJSON."""

from typing import Any

from django import forms
from django.forms.fields import InvalidJSONInput

from loges.geography import NotAPolygon, polygon_of


class OutlineField(forms.JSONField):
    """A GeoJSON Polygon or MultiPolygon, alone or wrapped up as tools do.

    What can't be read is shown as it was typed. Its value holds type and coordinates, nothing else that a tool adds.
    """

    widget = forms.Textarea({"rows": 4})

    def to_python(self, value: Any) -> Any:
        """Read it, however deep or long. Raises ValidationError."""
        try:
            drawn = _unwrapped(super().to_python(value.strip() if isinstance(value, str) else value))
        except (ValueError, RecursionError) as error:
            raise forms.ValidationError(self.error_messages["invalid"], "invalid", {"value": "…"}) from error
        if drawn is None:
            return None
        try:
            polygon_of(drawn)
        except NotAPolygon as refusal:
            raise forms.ValidationError(refusal.told, "outline") from refusal
        return {name: drawn[name] for name in ("type", "coordinates")}

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
