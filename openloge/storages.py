"""Where uploaded files are kept: a folder of this machine, or a bucket that several machines share."""

from typing import Any
from urllib.parse import urlsplit

FOLDER = {"BACKEND": "django.core.files.storage.FileSystemStorage"}


def uploads(bucket: str, *, endpoint: str, base_url: str) -> dict[str, Any]:
    """The storage of uploaded files, for `STORAGES`. An empty bucket: the folder MEDIA_ROOT.

    The bucket stays private. Files keep their addresses on this site, which asks for rights and then hands them out.
    `endpoint`: the address of a service that speaks S3, empty for Amazon's own. Needs the extra `object-storage`.
    """
    if not bucket:
        return FOLDER
    here = urlsplit(base_url)
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": endpoint or None,
            "custom_domain": f"{here.netloc}{here.path}/media",
            "url_protocol": f"{here.scheme}:",
            "querystring_auth": False,
            "default_acl": None,
            "file_overwrite": False,
        },
    }
