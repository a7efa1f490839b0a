"""What residents look for in vain: what a loge lacks, and words that the vocabulary lacks. Nobody is noted."""

from datetime import date

from django.db import connection

from loges.models import SearchMiss
from loges.permissions import Viewer

MOST_WORDS = 8
_LONGEST = 30


def record(*, by: Viewer, words: tuple[str, ...], service: str, loge: str, on: date) -> None:
    """Count a search that found nobody; whoever asked is not kept. One statement, none where no word is left.

    Words with digits are left out: nobody's telephone number is kept.
    """
    kept = [word for word in words if len(word) <= _LONGEST and not any(letter.isdigit() for letter in word)]
    if not kept:
        return
    table = SearchMiss._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO {table} (words, service, loge, "on", count) VALUES (%s, %s, %s, %s, 1) '
            f'ON CONFLICT ("on", loge, service, words) DO UPDATE SET count = {table}.count + 1',
            (" ".join(kept[:MOST_WORDS])[:200], service[:80], loge[:80], on),
        )
