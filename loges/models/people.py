"""People: one account each, whatever the number of their roles."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone


class PersonManager(BaseUserManager["Person"]):
    """Makes accounts for Django's own commands; the product goes through `loges.actions.people`."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """Create an account that logs in by `email` (lower-cased)."""
        person = self.model(email=email, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """Create an account with every right."""
        return self.create_user(email, password, **{"is_staff": True, "is_superuser": True, **fields})

    def get_by_natural_key(self, username: str | None) -> "Person":
        """Find an account by its e-mail, whatever the case it is typed in."""
        return self.get(email=(username or "").strip().lower())


# Wagtail's untyped images point here; the checker can't follow them back.
class Person(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]
    """Somebody with an account: resident, expert, coordinator or OpenLoge team, often several at once."""

    email = models.EmailField("adresse e-mail", unique=True)
    first_name = models.CharField("prénom", max_length=80)
    last_name = models.CharField("nom", max_length=80, blank=True)
    phone = models.CharField("téléphone", max_length=30, blank=True)
    is_staff = models.BooleanField("équipe OpenLoge", default=False)
    is_active = models.BooleanField("compte actif", default=True)
    joined_at = models.DateTimeField("inscrit le", default=timezone.now)

    objects = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["first_name"]

    class Meta:
        verbose_name = "personne"
        constraints = [
            models.UniqueConstraint(Lower("email"), name="person_email_unique_whatever_the_case"),
            models.CheckConstraint(condition=~models.Q(first_name=""), name="person_has_a_first_name"),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or self.email

    def clean(self) -> None:
        """Lower-case the e-mail before it is asked whether another account has it."""
        super().clean()
        self.email = self.email.strip().lower()

    def unique_error_message(self, model_class: type[models.Model], unique_check: Sequence[str]) -> ValidationError:
        """What is told when another account has the e-mail: the only thing that accounts can't share."""
        return ValidationError("Un autre compte a déjà cette adresse.", code="unique")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Lower-case the e-mail, so that one address is one account."""
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        """First and last name."""
        return str(self)

    def get_short_name(self) -> str:
        """First name."""
        return self.first_name

    @property
    def initial(self) -> str:
        """The first letter of the last name: all that strangers see of it."""
        return self.last_name[:1].upper()


class BusinessIdentity(models.Model):
    """The legal side of somebody who earns money through a loge: status and VAT regime."""

    class LegalStatus(models.TextChoices):
        """How a person is in business."""

        INDIVIDUAL = "INDIVIDUAL", "particulier"
        MICRO_ENTREPRENEUR = "MICRO_ENTREPRENEUR", "micro-entreprise"
        COMPANY = "COMPANY", "société"
        ASSOCIATION = "ASSOCIATION", "association"

    class VatRegime(models.TextChoices):
        """Whether the person charges VAT."""

        FRANCHISE = "FRANCHISE", "franchise en base (art. 293 B du CGI)"
        LIABLE = "LIABLE", "redevable de la TVA"

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="business", verbose_name="personne")
    legal_status = models.CharField("statut", max_length=20, choices=LegalStatus)
    vat_regime = models.CharField("TVA", max_length=10, choices=VatRegime, default=VatRegime.FRANCHISE)
    vat_basis_points = models.PositiveIntegerField("taux de TVA (points de base)", default=0)

    class Meta:
        verbose_name = "identité professionnelle"
        verbose_name_plural = "identités professionnelles"
        constraints = [
            models.CheckConstraint(
                name="business_vat_rate_fits_regime",
                condition=models.Q(vat_regime="FRANCHISE", vat_basis_points=0)
                | models.Q(vat_regime="LIABLE", vat_basis_points__gt=0, vat_basis_points__lte=2_500),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_legal_status_display()})"
