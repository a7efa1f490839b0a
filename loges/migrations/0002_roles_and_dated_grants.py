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
    ]
