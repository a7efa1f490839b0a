"""The policy that says which shares of the money go to whom."""

from django.db import models

from loges.sharing import Rates


class CommissionPolicy(models.Model):
    """A version of the shares, in force from `valid_from_on` until a later one; never edited once in force.

    Base: the expert's turnover excluding VAT. Source: founders' texts, 8.35 % HT and 8.35 % HT.
    """

    version = models.CharField("version", max_length=20, unique=True)
    coordinator_basis_points = models.PositiveIntegerField("part du coordinateur (points de base)", default=835)
    openloge_basis_points = models.PositiveIntegerField("part d'OpenLoge (points de base)", default=835)
    openloge_vat_basis_points = models.PositiveIntegerField("TVA d'OpenLoge (points de base)", default=2_000)
    valid_from_on = models.DateField("en vigueur depuis le", unique=True)

    class Meta:
        verbose_name = "politique de partage"
        verbose_name_plural = "politiques de partage"
        constraints = [
            models.CheckConstraint(
                name="policy_shares_leave_most_to_the_expert",
                condition=models.Q(
                    coordinator_basis_points__lte=2_000,
                    openloge_basis_points__lte=2_000,
                    openloge_vat_basis_points__lte=2_500,
                ),
            )
        ]

    def __str__(self) -> str:
        return self.version

    def rates(self, *, expert_vat: int, coordinator_vat: int) -> Rates:
        """The rates of one sharing under this policy; the VAT rates of the two others in basis points."""
        return Rates(
            coordinator_fee=self.coordinator_basis_points,
            openloge_fee=self.openloge_basis_points,
            expert_vat=expert_vat,
            coordinator_vat=coordinator_vat,
            openloge_vat=self.openloge_vat_basis_points,
        )
