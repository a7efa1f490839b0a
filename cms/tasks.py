"""What the site does while nobody waits. `manage.py db_worker --backend pictures` runs it."""

from django_tasks import task

from cms import images
from cms.models import Picture


@task(backend="pictures")
def complete_picture(picture_id: int) -> None:
    """Make the formats of a picture that take long. It may be gone, or done already: then nothing happens."""
    if picture := Picture.objects.filter(pk=picture_id).first():
        images.complete(picture)
