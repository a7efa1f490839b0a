"""Who may be tried in the demo, and what for."""

from dataclasses import dataclass

from loges.models import LogeMembership, Person


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A log-in of the demo: name, e-mail, and in French what this person may do."""

    name: str
    email: str
    role: str


def cast() -> list[DemoPerson]:
    """The people worth logging in as: the team, then each loge's coordinator."""
    found = []
    for person in Person.objects.filter(is_staff=True, is_active=True).order_by("pk"):
        role = "équipe OpenLoge, tous les droits" if person.is_superuser else "équipe OpenLoge, rédaction"
        found.append(DemoPerson(str(person), person.email, role))
    members = LogeMembership.objects.filter(role=LogeMembership.Role.COORDINATOR, ends_at__isnull=True)
    for member in members.select_related("person", "loge").order_by("pk"):
        state = member.loge.get_state_display().lower()
        found.append(DemoPerson(str(member.person), member.person.email, f"{member.loge.name} ({state})"))
    return found
