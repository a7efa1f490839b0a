"""Pictures of the demonstration, drawn rather than downloaded: the same name always gives the same bytes.

`portrait(slug, first_name)` is 600 by 600, `scene(name)` is 1600 by 900; both are PNG files without metadata.
"""

from cms.demo.drawing.portraits import portrait
from cms.demo.drawing.scenes import SCENES, scene

__all__ = ["SCENES", "portrait", "scene"]
