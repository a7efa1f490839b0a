"""Where experts have the last word on their profile: a page reached by the link of a message, without the admin."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control

from loges import clock, queries
from loges.actions import experts
from loges.actions.transitions import WrongState
from loges.machines import EXPERT_PROFILE
from loges.models import PRESENTATION_LENGTH, ExpertProfile

SIGNED_FOR_DAYS = 30
_SIGNER = "cms.profile_answers"

ANSWERED = {
    "AWAITING_COORDINATOR": "C'est noté, merci. La coordination de la loge relit votre profil, puis le publie.",
    "DRAFT": "C'est noté. Le texte revient à la coordination de la loge, qui vous en proposera un autre.",
}
"""What an expert is told once there is nothing to answer, by the state of the profile."""
TAKEN_BACK = "La coordination de la loge a repris ce texte : un autre message vous en proposera un."
NOTHING = "Il n'y a plus rien à répondre\u00a0: ce profil a suivi son chemin."
EXPIRED = "Ce lien a plus de trente jours. Demandez à la coordination de la loge de vous proposer le texte à nouveau."


class AnswerForm(forms.Form):
    """The words that are proposed, which their expert may change."""

    headline = forms.CharField(label="En une ligne", max_length=120)
    presentation = forms.CharField(
        label="Présentation", required=False, max_length=PRESENTATION_LENGTH, widget=forms.Textarea({"rows": 10})
    )


def link(expert: ExpertProfile) -> str:
    """Where the expert answers. Whoever has the link speaks for them: it goes to their own address alone."""
    signature = TimestampSigner(salt=_SIGNER).sign(str(expert.pk))
    return f"{settings.BASE_URL}{reverse('profile_answer', args=[signature])}"


@cache_control(private=True, no_store=True)
def answer(request: HttpRequest, signature: str) -> HttpResponse:
    """Show what is proposed, and take the answer: agreed, as it is or changed, or given back. 404 for other links."""
    try:
        number = TimestampSigner(salt=_SIGNER).unsign(signature, max_age=SIGNED_FOR_DAYS * 86_400)
    except SignatureExpired:
        return render(request, "cms/profile_answer.html", {"told": EXPIRED}, status=410)
    except BadSignature as error:
        raise Http404 from error
    expert = ExpertProfile.objects.select_related("person", "loge").filter(pk=number, person__is_active=True).first()
    if expert is None:
        raise Http404
    context: dict[str, Any] = {"expert": expert}
    if expert.state != "AWAITING_EXPERT":
        return render(request, "cms/profile_answer.html", {**context, "told": _told(expert)})
    words = {name: getattr(expert, name) for name in AnswerForm.base_fields}
    form = AnswerForm(request.POST or None, initial=words)
    if request.method == "POST" and _is_taken(expert, form, is_given_back="amend" in request.POST):
        return redirect("profile_answer", signature)
    return render(request, "cms/profile_answer.html", {**context, "form": form})


def _told(expert: ExpertProfile) -> str:
    """Why there is nothing to answer."""
    if expert.state == "DRAFT":
        back = queries.last_change(expert, EXPERT_PROFILE)
        return TAKEN_BACK if back is not None and back.transition == "take_back" else ANSWERED["DRAFT"]
    return ANSWERED.get(expert.state, NOTHING)


def _is_taken(expert: ExpertProfile, form: AnswerForm, *, is_given_back: bool) -> bool:
    """Record the answer, as the expert's; what is wrong is told on the form."""
    try:
        with transaction.atomic():
            if is_given_back:
                experts.amend(by=expert.person, expert=expert, now=clock.now())
            elif form.is_valid():
                experts.edit(by=expert.person, expert=expert, changes=form.cleaned_data)
                experts.agree(by=expert.person, expert=expert, now=clock.now())
            else:
                return False
    except WrongState:
        return True  # answered meanwhile, or taken back: the page says so
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    return True
