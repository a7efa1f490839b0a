"""Uploaded files, handed out by this server where no front web server does (`SERVE_MEDIA`)."""

import re

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, HttpResponseNotModified
from django.utils.cache import patch_cache_control
from django.utils.http import http_date
from django.views.static import was_modified_since
from wagtail.users.models import UserProfile

from cms import restrictions
from cms.models import Picture, PictureRendition

KEPT_SECONDS = 3600
"""How long others may keep a public picture: it may be hidden one day."""
_SIZED = re.compile(r"pictures/([0-9]{1,18})/[0-9]+/[^/]+")  # longer numbers are no database's


def serve_picture(request: HttpRequest, path: str) -> HttpResponseBase:
    """Hand out a file of a picture to whoever may see the picture. One or two statements.

    404 for all else: documents have their own addresses, which ask for rights.
    """
    picture_id = _picture_of(path)
    person = getattr(request, "user", None)
    if picture_id is None:
        raise Http404
    is_public = bool(restrictions.visible_pictures([picture_id]))
    if not is_public and not restrictions.visible_pictures([picture_id], person, restrictions.passed(request)):
        raise Http404
    answer = _file(request, path)
    if is_public:
        patch_cache_control(answer, public=True, max_age=KEPT_SECONDS)
    else:
        patch_cache_control(answer, private=True, no_store=True)
    return answer


def serve_portrait(request: HttpRequest, path: str) -> HttpResponseBase:
    """Hand out an editor's own photograph to those who may enter the admin. 404 for all else."""
    if not request.user.has_perm("wagtailadmin.access_admin") or not UserProfile.objects.filter(avatar=path).exists():
        raise Http404
    answer = _file(request, path)
    patch_cache_control(answer, private=True, max_age=KEPT_SECONDS)
    return answer


def _file(request: HttpRequest, path: str) -> HttpResponseBase:
    """The file, from wherever uploaded files are kept; 304 to those who have it. 404 where there is none."""
    try:
        found = default_storage.open(path)
        changed = default_storage.get_modified_time(path).timestamp()
    except (OSError, SuspiciousFileOperation) as error:
        raise Http404 from error
    if not was_modified_since(request.headers.get("If-Modified-Since"), changed):
        found.close()
        return HttpResponseNotModified()
    return FileResponse(found, headers={"Last-Modified": http_date(changed)})


def _picture_of(path: str) -> int | None:
    """The picture that a file belongs to; none of a path that no file system and no database could compare."""
    if "\0" in path:
        return None
    if match := _SIZED.fullmatch(path):
        return int(match[1])
    original = Picture.objects.filter(file=path).values_list("pk", flat=True)
    rendition = PictureRendition.objects.filter(file=path).values_list("image_id", flat=True)
    return original.union(rendition, all=True).first() if path.startswith(("original_images/", "images/")) else None
