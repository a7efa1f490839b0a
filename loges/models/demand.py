"""What residents look for in vain."""

from django.db import models


class SearchMiss(models.Model):
    """What was looked for and not found, counted by day: never by whom.

    `words` are what is left of the query beside places, without numbers; `service` the slug that they were read as,
    empty where they weren't understood; `loge` the slug of the one loge that was meant, empty for none or several.
    """

    words = models.CharField("mots", max_length=200)
    service = models.SlugField("service", max_length=80, blank=True)
    loge = models.SlugField("loge", max_length=80, blank=True)
    on = models.DateField("le")
    count = models.PositiveIntegerField("fois", default=1)

    class Meta:
        verbose_name = "recherche sans réponse"
        verbose_name_plural = "recherches sans réponse"
        constraints = [
            models.UniqueConstraint(fields=["on", "loge", "service", "words"], name="search_miss_once_a_day")
        ]
        indexes = [models.Index(fields=["loge", "on"], name="search_miss_of_loge")]

    def __str__(self) -> str:
        return f"{self.words} ({self.on}, {self.count})"
