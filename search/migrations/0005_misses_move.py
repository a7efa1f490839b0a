"""What was looked for in vain moves to the domain, where the desk reads it; the old table stays, empty of use."""

from typing import Any

from django.db import migrations


def move(apps: Any, schema_editor: Any) -> None:
    SearchMiss = apps.get_model("search", "SearchMiss")
    rows = list(SearchMiss.objects.order_by("pk").values("words", "service", "loge", "on", "count"))
    SearchMiss = apps.get_model("loges", "SearchMiss")
    SearchMiss.objects.bulk_create([SearchMiss(**row) for row in rows], batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ("loges", "0004_search_misses"),
        ("search", "0004_letters_of_counted_values"),
    ]

    operations = [
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel("SearchMiss")]),
    ]
