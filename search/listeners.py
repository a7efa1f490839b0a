"""What keeps the index in step with the domain: news from `loges`, heard in the writer's transaction."""

from collections.abc import Iterable
from typing import Any

from django.dispatch import receiver

from loges import signals
from search import indexing, vocabulary


@receiver(signals.experts_changed)
def index_experts(ids: Iterable[int], **kwargs: Any) -> None:
    """Write or forget the experts whose public face changed."""
    indexing.reindex(ids)


@receiver(signals.vocabulary_changed)
def read_words_again(**kwargs: Any) -> None:
    """Let every process read the words again, and write the experts whose services were renamed."""
    vocabulary.renew()
    indexing.reindex_renamed()


@receiver([signals.loge_created, signals.loge_changed])
def read_places_again(**kwargs: Any) -> None:
    """Let every process read the names of places again; the loge's experts have news of their own."""
    vocabulary.renew()
