from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('loges', '0001_initial'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='loge',
            options={'permissions': [('edit_content', 'Écrire les pages et événements de la loge'), ('publish_content', 'Publier les pages et événements de la loge'), ('manage_experts', "Tenir l'équipe d'experts de la loge"), ('manage_team', 'Nommer et retirer des membres de la loge'), ('propose_handbook', 'Lire le cahier de bonnes pratiques et y proposer')], 'verbose_name': 'loge'},
        ),
        migrations.AddField(
            model_name='logeuserpermission',
            name='until',
            field=models.DateTimeField(blank=True, null=True, verbose_name="jusqu'à"),
        ),
        migrations.AlterField(
            model_name='logemembership',
            name='role',
            field=models.CharField(choices=[('COORDINATOR', 'coordinateur'), ('CO_COORDINATOR', 'co-coordinateur'), ('INTERIM', 'coordinateur par intérim'), ('CONTRIBUTOR', 'contributeur du cahier'), ('EXPERT', 'expert'), ('HELPING_EXPERT', 'expert en renfort'), ('SUPPORTER', 'coup de main')], max_length=20, verbose_name='rôle'),
        ),
        migrations.AlterConstraint(
            model_name='territory',
            name='territory_is_on_earth',
            constraint=models.CheckConstraint(condition=models.Q(('latitude__gte', -90), ('latitude__lte', 90), ('longitude__gte', -180), ('longitude__lte', 180)), name='territory_is_on_earth', violation_error_message='Le centre va de -90 à 90 degrés de latitude, de -180 à 180 de longitude.'),
        ),
        migrations.AlterConstraint(
            model_name='territory',
            name='territory_radius_is_sensible',
            constraint=models.CheckConstraint(condition=models.Q(('radius_meters__gte', 50), ('radius_meters__lte', 50000)), name='territory_radius_is_sensible', violation_error_message='Le rayon va de 50 m à 50 km.'),
        ),
    ]
