"""Messages: to those who work in the admin, the way in and what the team answered; to experts, what is proposed."""

from typing import Any

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from cms import profile_answers
from cms.models import HandbookProposalPage
from loges import queries
from loges.machines import LOGE
from loges.models import ExpertProfile, Loge, LogeMembership, Person


def password_link(person: Person) -> str:
    """Where this person chooses a password, once; the link holds for PASSWORD_RESET_TIMEOUT."""
    where = {
        "uidb64": urlsafe_base64_encode(force_bytes(person.pk)),
        "token": default_token_generator.make_token(person),
    }
    return f"{settings.BASE_URL}{reverse('wagtailadmin_password_reset_confirm', kwargs=where)}"


def _send(person: Person, subject: str, template: str, told: dict[str, Any]) -> None:
    """One message; its subject is one line, whatever is in the names that it tells."""
    text = render_to_string(template, {**told, "person": person})
    send_mail(" ".join(subject.split()), text, None, [person.email])


def invite(membership: LogeMembership) -> None:
    """Write to somebody who may work in the editors' admin from now on; who never logged in gets the link."""
    person = membership.person
    told: dict[str, Any] = {
        "membership": membership,
        "loge": membership.loge,
        "admin": f"{settings.BASE_URL}{reverse('wagtailadmin_home')}",
        "link": password_link(person) if person.last_login is None else "",
    }
    subject = f"{membership.loge.name} : vous voilà {membership.get_role_display()}"
    _send(person, subject, "cms/invitation.txt", told)


def tell_declined(proposal: HandbookProposalPage) -> None:
    """Write to the author of a proposal why the team doesn't take it."""
    author = proposal.owner
    if author is None or not author.is_active:
        return
    told = {"proposal": proposal, "list": f"{settings.BASE_URL}{reverse('handbook:proposals')}"}
    subject = f"Votre proposition pour le cahier : {proposal.draft_title}"
    _send(author, subject, "cms/proposal_declined.txt", told)


def tell_suggested(expert: ExpertProfile) -> None:
    """Write to an expert what their coordinator proposes for their profile, and where to answer."""
    if expert.person.is_active:
        told = {"expert": expert, "link": profile_answers.link(expert)}
        _send(expert.person, f"Votre profil dans {expert.loge.name}", "cms/profile_suggested.txt", told)


def tell_opening(loge: Loge, transition: str) -> None:
    """Write to those who lead a loge that it is open, or what the team finds missing."""
    sent_back = queries.last_transition(loge, LOGE, transition) if transition == "send_back" else None
    told: dict[str, Any] = {
        "loge": loge,
        "note": sent_back.note if sent_back else "",
        "is_open": transition == "open",
    }
    told["admin"] = f"{settings.BASE_URL}{reverse('wagtailadmin_home')}"
    subject = f"{loge.name} est ouverte" if told["is_open"] else f"{loge.name} : ce qui manque pour ouvrir"
    for member in queries.coordinators([loge.pk])[loge.pk]:
        if member.person.is_active:
            _send(member.person, subject, "cms/opening.txt", told)
