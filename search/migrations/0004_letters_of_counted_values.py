from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0003_days_counts_and_misses'),
    ]

    operations = [
        migrations.AlterField(
            model_name='expertentry',
            name='counted',
            field=models.TextField(blank=True, help_text='the values that facets count, a letter for each: see CountedValue'),
        ),
        migrations.CreateModel(
            name='CountedValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(max_length=8)),
                ('value', models.CharField(max_length=80)),
                ('until', models.CharField(blank=True, help_text='the last day (ISO 8601), empty for ever', max_length=10)),
            ],
            options={
                'verbose_name': 'valeur comptée',
                'verbose_name_plural': 'valeurs comptées',
                'constraints': [models.UniqueConstraint(fields=('value', 'field', 'until'), name='counted_value_once')],
            },
        ),
    ]
