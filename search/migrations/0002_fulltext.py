"""The table of the full text, whose form depends on the database: no model of Django's can tell it."""

from django.db import migrations

CREATE = {
    "sqlite": [
        "CREATE VIRTUAL TABLE search_fulltext USING fts5(strong, weak, detail='column', tokenize='ascii')",
    ],
    "postgresql": [
        "CREATE TABLE search_fulltext (expert_id bigint PRIMARY KEY, words tsvector NOT NULL)",
        "CREATE INDEX search_fulltext_words ON search_fulltext USING gin (words)",
    ],
}


def create(apps, schema_editor):
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE search_fulltext")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
