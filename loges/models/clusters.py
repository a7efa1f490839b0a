"""Models that are edited together with their children, as modelcluster makes them, with types.

modelcluster carries no types: to the type checker, a cluster is a model and a parental key a foreign key.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.models import ForeignKey as ParentalKey
    from django.db.models import Model as ClusterableModel
else:
    from modelcluster.fields import ParentalKey
    from modelcluster.models import ClusterableModel

__all__ = ["ClusterableModel", "ParentalKey"]
