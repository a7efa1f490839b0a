"""Proposals to the handbook, through the admin's own doors: begun, submitted, reread, merged or declined."""

from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page, TaskState
from wagtail.rich_text import RichText

from cms.merging import merge
from cms.models import HandbookChapterPage, HandbookProposalPage
from loges.actions import loges
from loges.models import Person
from tests.cms.conftest import Place
from tests.cms.desk import at_desk, body, edit_url, errors_of, form_of, soup, text
from tests.factories import NOW, PersonFactory
from tests.factories.pages import HandbookChapterPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def keys(here: Place) -> HandbookChapterPage:
    chapter = HandbookChapterPageFactory(
        title="Garder des clés",
        summary="Un coffre.",
        checklist="Numéroter le trousseau\nSigner le registre",
        body=[("rich_text", "<p>Un coffre fermé.</p>"), ("rich_text", "<p>Un registre.</p>")],
    )
    chapter.save_revision().publish()
    return HandbookChapterPage.objects.get(pk=chapter.pk)


def begin(client: Client, chapter: HandbookChapterPage | None = None, **asked: Any) -> HandbookProposalPage:
    """Press « Proposer » and fill the first form."""
    url = reverse("handbook:propose") + (f"?chapitre={chapter.pk}" if chapter else "")
    shown = soup(client.get(url))
    chosen = shown.select_one("select[name=loge] option[selected]")
    answer = client.post(url, {"loge": chosen["value"] if chosen else "", **asked})
    proposal = HandbookProposalPage.objects.latest("pk")
    assert answer["Location"].startswith(edit_url(proposal)), answer.content
    return proposal


def again(proposal: HandbookProposalPage) -> HandbookProposalPage:
    return HandbookProposalPage.objects.get(pk=proposal.pk)


def write(client: Client, proposal: HandbookProposalPage, button: str = "", **changes: Any) -> Any:
    """Change the proposal in its editor; its blocks stay unless `blocks` tells others."""
    changes = {"reason": "Un trousseau s'est perdu.", **changes}
    blocks = changes.pop("blocks", None) or kept(proposal)
    data = {**form_of(client, edit_url(proposal)), **blocks, **changes}
    if button:
        data[f"action-{button}"] = "1"
    return client.post(edit_url(proposal), data)


def kept(page: Any, **texts: str) -> dict[str, Any]:
    """The blocks as they stand, with their ids; `texts` are new words by number, as `b1`."""
    stored = again(page).get_latest_revision_as_object().body
    data = body(*(text(texts.get(f"b{number}", str(block.value))) for number, block in enumerate(stored)))
    return data | {f"body-{number}-id": block.id for number, block in enumerate(stored)}


def answer(client: Client, proposal: HandbookProposalPage, action: str, comment: str = "") -> Any:
    """Answer from the list of what waits, as the team's dashboard offers it."""
    state = again(proposal).current_workflow_task_state
    assert state is not None
    url = reverse("wagtailadmin_pages:workflow_action", args=[proposal.pk, action, state.pk])
    return client.post(url, {"comment": comment}, headers={"x-requested-with": "XMLHttpRequest"})


def words(chapter: Any) -> str:
    return str(HandbookChapterPage.objects.get(pk=chapter.pk).body)


def test_change_is_proposed_reread_and_published_with_credit(
    here: Place, keys: HandbookChapterPage, team_editor: Person
) -> None:
    proposal = begin(here.client, keys)

    write(here.client, proposal, blocks=kept(proposal, b1="<p>Un registre signé par deux.</p>"))
    assert again(proposal).state == "DRAFT"
    assert "deux" not in words(keys)
    response = write(here.client, proposal, "submit", blocks=kept(proposal))

    assert response["Location"] == reverse("handbook:proposals")
    assert again(proposal).state == "IN_REVIEW"
    assert answer(at_desk(team_editor), proposal, "approve").status_code == 200
    assert again(proposal).state == "PUBLISHED"
    assert "signé par deux" in words(keys)
    assert "Un coffre fermé" in words(keys)
    assert not Page.objects.get(pk=proposal.pk).live
    assert again(proposal).credit == f"{here.person.get_full_name()}, {here.loge.name}"


@pytest.mark.parametrize("report", ["workflow", "workflow_tasks"])
def test_reports_lead_from_a_decided_proposal_to_what_became_of_it(
    here: Place, keys: HandbookChapterPage, team_editor: Person, report: str
) -> None:
    team = at_desk(team_editor)
    proposal = begin(here.client, keys)
    write(here.client, proposal, "submit", blocks=kept(proposal, b1="<p>Un registre signé par deux.</p>"))
    waiting = soup(team.get(reverse(f"wagtailadmin_reports:{report}")))
    answer(team, proposal, "approve")

    decided = soup(team.get(reverse(f"wagtailadmin_reports:{report}")))

    assert waiting.find("main").find("a", href=edit_url(proposal))
    read = reverse("handbook:proposal", args=[proposal.pk])
    links = [link["href"] for link in decided.find("main").select("td a")]
    assert read in links
    assert {team.get(link, follow=True).redirect_chain[-1:][0][0] for link in links if link != read} <= {read}
    assert all(team.get(link, follow=True).status_code == 200 for link in links)


def test_new_chapter_is_published_in_its_part(here: Place, keys: HandbookChapterPage, team_editor: Person) -> None:
    part = keys.get_parent()
    proposal = begin(here.client, title="Recevoir un colis", part=part.pk)
    write(here.client, proposal, "submit", blocks=body(text("<p>Une étagère.</p>")), checklist="Noter l'heure")

    answer(at_desk(team_editor), proposal, "approve")

    chapter = HandbookChapterPage.objects.get(title="Recevoir un colis")
    assert chapter.live
    assert chapter.get_parent().pk == part.pk
    assert chapter.checklist == "Noter l'heure"
    assert "étagère" in str(chapter.body)
    assert again(proposal).chapter_id == chapter.pk


def test_changes_are_asked_for_and_made(here: Place, keys: HandbookChapterPage, team_editor: Person) -> None:
    proposal = begin(here.client, keys)
    write(here.client, proposal, "submit", title="Garder les clés des autres")
    team = at_desk(team_editor)

    assert "comment" in answer(team, proposal, "reject").json()["html"]  # a word to the author is asked for
    assert again(proposal).state == "IN_REVIEW"
    answer(team, proposal, "reject", "Dites qui signe.")

    assert again(proposal).state == "NEEDS_CHANGES"
    assert "Dites qui signe." in here.client.get(edit_url(proposal)).content.decode()
    write(here.client, proposal, "submit", title="Garder les clés des voisins")
    answer(team, proposal, "approve")
    assert HandbookChapterPage.objects.get(pk=keys.pk).title == "Garder les clés des voisins"


def test_declined_proposal_says_why(
    here: Place, keys: HandbookChapterPage, team_editor: Person, django_capture_on_commit_callbacks: Any
) -> None:
    proposal = begin(here.client, keys)
    write(here.client, proposal, "submit", title="Perdre des clés")
    team = at_desk(team_editor)
    mail.outbox.clear()

    answer(team, proposal, "decline")
    assert again(proposal).state == "IN_REVIEW"
    with django_capture_on_commit_callbacks(execute=True):
        answer(team, proposal, "decline", "Le chapitre 3 le dit déjà.")

    assert again(proposal).state == "DECLINED"
    assert "Le chapitre 3 le dit déjà." in here.client.get(reverse("handbook:proposals")).content.decode()
    assert [message.to for message in mail.outbox] == [[here.person.email]]
    assert "Le chapitre 3 le dit déjà." in mail.outbox[0].body
    assert here.client.get(edit_url(proposal)).status_code == 302
    assert HandbookChapterPage.objects.get(pk=keys.pk).title == "Garder des clés"


def test_two_proposals_for_one_chapter_keep_each_others_changes(
    here: Place, elsewhere: Place, keys: HandbookChapterPage, team_editor: Person
) -> None:
    mine, theirs = begin(here.client, keys), begin(elsewhere.client, keys)
    write(here.client, mine, "submit", blocks=kept(mine, b0="<p>Un coffre ignifugé.</p>"))
    write(elsewhere.client, theirs, "submit", blocks=kept(theirs, b1="<p>Un registre relié.</p>"))
    team = at_desk(team_editor)

    answer(team, mine, "approve")
    answer(team, theirs, "approve")

    assert "ignifugé" in words(keys)
    assert "relié" in words(keys)


def test_two_proposals_for_one_paragraph_are_joined_by_hand(
    here: Place, elsewhere: Place, keys: HandbookChapterPage, team_editor: Person
) -> None:
    mine, theirs = begin(here.client, keys), begin(elsewhere.client, keys)
    write(here.client, mine, "submit", blocks=kept(mine, b0="<p>Un coffre ignifugé.</p>"))
    write(elsewhere.client, theirs, "submit", blocks=kept(theirs, b0="<p>Un coffre scellé.</p>"))
    team = at_desk(team_editor)
    answer(team, mine, "approve")

    answer(team, theirs, "approve")  # not offered: a click on a page opened before
    shown = team.get(edit_url(theirs)).content.decode()
    assert again(theirs).state == "IN_REVIEW"
    assert "au même endroit" in shown
    assert "ignifugé" in words(keys)
    write(team, theirs, blocks=kept(theirs, b0="<p>Un coffre ignifugé et scellé.</p>"), is_up_to_date="on")
    answer(team, theirs, "approve")

    assert "ignifugé et scellé" in words(keys)
    assert again(theirs).state == "PUBLISHED"


def test_two_paragraphs_of_one_block_are_both_merged(
    here: Place, elsewhere: Place, keys: HandbookChapterPage, team_editor: Person
) -> None:
    keys.body = [("rich_text", RichText("<p>Un coffre.</p>\n<ul>\n<li>Un registre.</li>\n</ul>"))]
    keys.save_revision().publish()
    mine, theirs = begin(here.client, keys), begin(elsewhere.client, keys)
    write(here.client, mine, "submit", blocks=kept(mine, b0="<p>Un coffre lourd.</p><ul><li>Un registre.</li></ul>"))
    changed = "<p>Un coffre.</p><ul><li>Un registre relié.</li></ul>"
    write(elsewhere.client, theirs, "submit", blocks=kept(theirs, b0=changed))
    team = at_desk(team_editor)

    answer(team, mine, "approve")
    answer(team, theirs, "approve")

    assert "lourd" in words(keys)
    assert "relié" in words(keys)


def test_who_joins_by_hand_loses_nothing_of_what_was_merged_elsewhere(
    here: Place, elsewhere: Place, keys: HandbookChapterPage, team_editor: Person
) -> None:
    mine, theirs = begin(here.client, keys), begin(elsewhere.client, keys)
    more = {"summary": "Un coffre et un nom.", "checklist": "Numéroter le trousseau\nSigner le registre\nSaluer"}
    write(here.client, mine, "submit", blocks=kept(mine, b0="<p>Un coffre ignifugé.</p>"), **more)
    write(elsewhere.client, theirs, "submit", blocks=kept(theirs, b0="<p>Un coffre scellé.</p>"))
    team = at_desk(team_editor)
    answer(team, mine, "approve")

    write(team, theirs, blocks=kept(theirs, b0="<p>Un coffre ignifugé et scellé.</p>"), is_up_to_date="on")
    answer(team, theirs, "approve")

    chapter = HandbookChapterPage.objects.get(pk=keys.pk)
    assert "ignifugé et scellé" in str(chapter.body)
    assert (chapter.summary, chapter.checklist) == (more["summary"], more["checklist"])


def test_same_point_of_the_checklist_changed_twice_is_held_back(
    here: Place, elsewhere: Place, keys: HandbookChapterPage, team_editor: Person
) -> None:
    mine, theirs = begin(here.client, keys), begin(elsewhere.client, keys)
    write(here.client, mine, "submit", checklist="Numéroter chaque clé\nSigner le registre")
    write(elsewhere.client, theirs, "submit", checklist="Étiqueter le trousseau\nSigner le registre")
    team = at_desk(team_editor)

    answer(team, mine, "approve")
    answer(team, theirs, "approve")

    assert again(theirs).state == "IN_REVIEW"
    assert "la liste à cocher" in team.get(edit_url(theirs)).content.decode()


def test_title_without_a_letter_is_a_title(here: Place, keys: HandbookChapterPage, team_editor: Person) -> None:
    proposal = begin(here.client, title="😀😀", part=keys.get_parent().pk)
    write(here.client, proposal, "submit", blocks=body(text("<p>Sourire.</p>")))

    answer(at_desk(team_editor), proposal, "approve")

    assert HandbookChapterPage.objects.get(title="😀😀").live


def test_nothing_is_not_submitted(here: Place, keys: HandbookChapterPage) -> None:
    proposal = begin(here.client, title="Vide", part=keys.get_parent().pk)

    response = write(here.client, proposal, "submit", blocks=body())

    assert errors_of(response)["body"] == ["Écrivez au moins un paragraphe, ou un point à cocher."]
    assert again(proposal).state == "DRAFT"


def test_change_of_a_chapter_that_is_gone_brings_nothing_back(
    here: Place, keys: HandbookChapterPage, team_editor: Person
) -> None:
    proposal = begin(here.client, keys)
    write(here.client, proposal, "submit", title="Clés")
    keys.delete()

    answer(at_desk(team_editor), proposal, "approve")

    assert again(proposal).state == "IN_REVIEW"
    assert "n&#x27;existe plus" in at_desk(team_editor).get(edit_url(proposal)).content.decode()
    assert not HandbookChapterPage.objects.exists()


def test_titles_on_two_lines_are_written_of_in_one(
    here: Place, keys: HandbookChapterPage, team_editor: Person, django_capture_on_commit_callbacks: Any
) -> None:
    proposal = begin(here.client, keys)
    write(here.client, proposal, "submit", title="Deux lignes")
    HandbookProposalPage.objects.filter(pk=proposal.pk).update(draft_title="Deux\nlignes")
    mail.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        answer(at_desk(team_editor), proposal, "decline", "Non.")

    assert mail.outbox[0].subject.endswith("Deux lignes")


def test_merging_what_collides_is_refused_on_the_form(
    here: Place, keys: HandbookChapterPage, team_editor: Person
) -> None:
    proposal = begin(here.client, keys)
    write(here.client, proposal, "submit")
    keys.title = "Le trousseau"
    keys.save_revision().publish()
    told = {"title": "Les clés", "action-workflow-action": "1", "workflow-action-name": "approve"}

    response = write(at_desk(team_editor), proposal, **told)

    assert "Le chapitre a changé entre-temps" in str(errors_of(response)["__all__"])
    assert again(proposal).state == "IN_REVIEW"
    assert HandbookChapterPage.objects.get(pk=keys.pk).title == "Le trousseau"


def test_merging_waits_for_a_draft_of_the_chapter(
    here: Place, keys: HandbookChapterPage, team_editor: Person
) -> None:
    proposal = begin(here.client, keys)
    write(here.client, proposal, "submit", title="Les clés")
    keys.summary = "En cours d'écriture."
    keys.save_revision()

    answer(at_desk(team_editor), proposal, "approve")

    assert again(proposal).state == "IN_REVIEW"
    assert not HandbookChapterPage.objects.filter(summary="En cours d'écriture.").exists()


def test_proposer_cannot_approve(here: Place, keys: HandbookChapterPage, administrator: Person) -> None:
    """Neither a coordinator, nor somebody of the team, nor an administrator."""
    proposal = begin(here.client, keys)
    write(here.client, proposal, "submit", title="À moi")
    answer(here.client, proposal, "approve")
    assert again(proposal).state == "IN_REVIEW"

    author = at_desk(administrator)
    own = begin(author, keys)
    write(author, own, "submit", title="À nous")
    answer(author, own, "approve")
    write(author, own, **{"action-publish": "1", "action-workflow-action": "1", "workflow-action-name": "approve"})
    author.post(reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={own.pk}")
    assert again(own).state == "IN_REVIEW"
    assert HandbookChapterPage.objects.get(pk=keys.pk).title == "Garder des clés"
    assert own.pk not in [
        int(state.workflow_state.object_id) for state in TaskState.objects.reviewable_by(administrator)
    ]


def test_publishing_past_the_workflow_is_refused(
    here: Place, keys: HandbookChapterPage, administrator: Person
) -> None:
    proposal = begin(here.client, keys)
    write(here.client, proposal, title="Autrement")
    client = at_desk(administrator)

    write(client, proposal, "publish", title="De force")
    client.post(reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={proposal.pk}")

    assert HandbookChapterPage.objects.get(pk=keys.pk).title == "Garder des clés"
    assert again(proposal).state == "DRAFT"


@pytest.mark.parametrize("role", ["CONTRIBUTOR", "CO_COORDINATOR"])
def test_others_who_may_propose_do(here: Place, keys: HandbookChapterPage, role: str) -> None:
    person = PersonFactory()
    loges.appoint(by=None, loge=here.loge, person=person, role=role, now=NOW)
    client = at_desk(person)

    proposal = begin(client, keys)
    response = write(client, proposal, "submit", title="Vu d'ici")

    assert response["Location"] == reverse("handbook:proposals")
    assert again(proposal).state == "IN_REVIEW"
    assert "Vu d&#x27;ici" in client.get(reverse("handbook:proposals")).content.decode()


def test_proposal_is_its_authors(here: Place, elsewhere: Place, keys: HandbookChapterPage) -> None:
    """Nobody else's, in the same loge neither: not read, edited, listed, found, taken back, deleted."""
    proposal = begin(here.client, keys)
    write(here.client, proposal, "submit", title="Secret de fabrique")
    colleague = PersonFactory()
    loges.appoint(by=None, loge=here.loge, person=colleague, role="CO_COORDINATOR", now=NOW)

    for client in (elsewhere.client, at_desk(colleague)):
        for name in ("edit", "delete", "view_draft", "history", "usage", "copy", "workflow_history"):
            answered = client.get(reverse(f"wagtailadmin_pages:{name}", args=[proposal.pk]))
            assert answered.status_code in {302, 403, 404}, name
            assert "Secret de fabrique" not in answered.content.decode()
        for address in (
            reverse("handbook:proposals"),
            reverse("wagtailadmin_home"),
            reverse("wagtailadmin_pages:search") + "?q=Secret",
            reverse("wagtailadmin_choose_page_search") + "?q=Secret",
        ):
            assert "Secret de fabrique" not in client.get(address).content.decode(), address
        client.post(edit_url(proposal), {"action-cancel-workflow": "1", "body-count": "0"})
        assert again(proposal).state == "IN_REVIEW"


def test_author_takes_a_proposal_back_and_deletes_it(here: Place, keys: HandbookChapterPage) -> None:
    proposal = begin(here.client, keys)
    write(here.client, proposal, "submit", title="Trop tôt")
    delete = reverse("wagtailadmin_pages:delete", args=[proposal.pk])
    assert here.client.post(delete).status_code == 302
    assert HandbookProposalPage.objects.filter(pk=proposal.pk).exists()

    write(here.client, proposal, "cancel-workflow")
    assert again(proposal).state == "DRAFT"
    here.client.post(delete)

    assert not HandbookProposalPage.objects.filter(pk=proposal.pk).exists()


def test_rights_that_ended_end_proposing(here: Place, keys: HandbookChapterPage) -> None:
    proposal = begin(here.client, keys)
    loges.dismiss(by=None, loge=here.loge, person=here.person, role="COORDINATOR", now=NOW)

    for address in (edit_url(proposal), reverse("handbook:proposals"), reverse("handbook:propose")):
        assert here.client.get(address).status_code == 302


def test_proposing_in_the_name_of_another_loge_is_refused(
    here: Place, elsewhere: Place, keys: HandbookChapterPage
) -> None:
    url = reverse("handbook:propose") + f"?chapitre={keys.pk}"

    response = here.client.post(url, {"loge": elsewhere.loge.pk})

    assert response.status_code == 200
    assert response.context["form"].errors["loge"]
    assert not HandbookProposalPage.objects.exists()


@pytest.mark.parametrize("asked", ["abc", "999999", "9" * 40, "-1"])
def test_unknown_chapter_is_not_found(here: Place, asked: str) -> None:
    assert here.client.get(reverse("handbook:propose"), {"chapitre": asked}).status_code == 404


def test_submitting_without_a_reason_is_refused_and_nothing_is_lost(here: Place, keys: HandbookChapterPage) -> None:
    proposal = begin(here.client, keys)

    response = write(here.client, proposal, "submit", reason="", title="Les clés d'or")

    assert errors_of(response)["reason"]
    assert 'value="Les clés d&#x27;or"' in response.content.decode()
    assert again(proposal).state == "DRAFT"


def test_lists_are_read_in_the_same_number_of_statements(
    here: Place, keys: HandbookChapterPage, team_editor: Person
) -> None:
    def count(client: Client) -> int:
        with CaptureQueriesContext(
            connection,
        ) as statements:
            client.get(reverse("handbook:proposals"))
        return len(statements)

    team = at_desk(team_editor)
    write(here.client, begin(here.client, keys), "submit", title="Un")
    team.get(reverse("handbook:proposals")), here.client.get(reverse("handbook:proposals"))
    before = count(here.client), count(team)
    for number in range(4):
        write(here.client, begin(here.client, keys), "submit", title=f"Un de plus {number}")

    assert (count(here.client), count(team)) == before


def test_list_tells_where_each_stands(here: Place, keys: HandbookChapterPage, team_editor: Person) -> None:
    team = at_desk(team_editor)
    write(here.client, begin(here.client, keys), title="Brouillon à moi")
    for title, said in (("Lue", ""), ("À compléter", "reject"), ("Publiée", "approve"), ("Refusée", "decline")):
        proposal = begin(here.client, title=title, part=keys.get_parent().pk)
        write(here.client, proposal, "submit", blocks=body(text("<p>Une idée.</p>")))
        if said:
            answer(team, proposal, said, "Merci.")

    def rows(client: Client) -> list[tuple[str, str]]:
        cells = [row.select("td") for row in soup(client.get(reverse("handbook:proposals"))).select("tbody tr")]
        return sorted((cell[0].text.strip(), cell[2].text.strip()) for cell in cells)

    answered = [("Lue", "En relecture"), ("Publiée", "Publiée au cahier"), ("Refusée", "Non retenue")]
    assert rows(team) == sorted([("À compléter", "À compléter"), *answered])
    assert rows(here.client) == sorted([("À compléter", "À compléter"), ("Brouillon à moi", "Brouillon"), *answered])


def test_empty_list_says_what_to_do(here: Place) -> None:
    assert "Proposez un chapitre" in soup(here.client.get(reverse("handbook:proposals"))).text


def test_team_finds_what_waits_on_its_dashboard(here: Place, keys: HandbookChapterPage, team_editor: Person) -> None:
    proposal = begin(here.client, keys)
    write(here.client, proposal, "submit", title="À relire, svp")

    assert "À relire, svp" in at_desk(team_editor).get(reverse("wagtailadmin_home")).content.decode()


def test_author_is_told_on_the_desk_what_to_complete(
    here: Place, keys: HandbookChapterPage, team_editor: Person
) -> None:
    proposal = begin(here.client, keys)
    write(here.client, proposal, "submit", title="Clés et badges")
    home = reverse("wagtailadmin_home")
    assert "vous demande de compléter" not in here.client.get(home).content.decode()

    answer(at_desk(team_editor), proposal, "reject", "Et les badges ?")

    links = soup(here.client.get(home)).select("section[aria-labelledby=desk-handbook] a")
    assert "Clés et badges" in [link.text for link in links]


def test_decided_proposal_is_still_read_by_its_author_and_the_team(
    here: Place, elsewhere: Place, keys: HandbookChapterPage, team_editor: Person
) -> None:
    proposal = begin(here.client, keys)
    write(here.client, proposal, "submit", title="Perdre des clés", reason="Pour rire <b>fort</b>")
    team = at_desk(team_editor)
    answer(team, proposal, "decline", "Pas de blague ici.")
    url = reverse("handbook:proposal", args=[proposal.pk])

    for client in (here.client, team):
        shown = client.get(url).content.decode()
        assert url in client.get(reverse("handbook:proposals")).content.decode()
        for said in ("Perdre des clés", "Pour rire &lt;b&gt;fort", "Pas de blague ici.", "Un coffre fermé."):
            assert said in shown, said
    assert elsewhere.client.get(url).status_code == 404


def test_remark_is_told_in_the_list_until_it_is_answered(
    here: Place, keys: HandbookChapterPage, team_editor: Person
) -> None:
    proposal = begin(here.client, keys)
    write(here.client, proposal, "submit")
    answer(at_desk(team_editor), proposal, "reject", "Qui signe ?")
    listed = reverse("handbook:proposals")
    assert "Qui signe ?" in here.client.get(listed).content.decode()

    write(here.client, proposal, "submit", title="Clés signées")

    assert "Qui signe ?" not in here.client.get(listed).content.decode()


def test_buttons_are_those_that_make_sense(here: Place, keys: HandbookChapterPage, team_editor: Person) -> None:
    def buttons(client: Client) -> set[str]:
        page = soup(client.get(edit_url(proposal)))
        return {button["name"] for button in page.select("footer button[name^=action-]")}

    proposal, team = begin(here.client, keys), at_desk(team_editor)
    assert buttons(here.client) == {"action-submit"}
    write(here.client, proposal, "submit", title="Clés")
    assert buttons(here.client) == {"action-cancel-workflow"}
    assert buttons(team) == set()
    answers = [
        button.text.strip() for button in soup(team.get(edit_url(proposal))).select("[data-workflow-action-name]")
    ]
    assert answers == ["Demander des changements", "Ne pas retenir", "Accepter et Publier"]
    answer(team, proposal, "reject", "Encore un mot.")
    assert buttons(here.client) == {"action-submit", "action-cancel-workflow"}


@pytest.mark.parametrize(
    ("action", "said"),
    [("approve", "est publié au cahier"), ("reject", "est partie chez son auteur"), ("decline", "est partie chez")],
)
def test_team_is_told_what_became_of_its_answer(
    here: Place, keys: HandbookChapterPage, team_editor: Person, action: str, said: str
) -> None:
    proposal, team = begin(here.client, keys), at_desk(team_editor)
    write(here.client, proposal, "submit", title="Clés")
    extra = '{"comment": "Merci."}'
    told = {"action-workflow-action": "1", "workflow-action-name": action, "workflow-action-extra-data": extra}

    shown = team.get(write(team, proposal, reason="Vu.", title="Clés", **told)["Location"])

    messages = soup(shown).find("div", class_="messages").text
    assert said in messages
    assert "mise à jour" not in messages


def test_mails_are_one_for_each_and_in_french(
    here: Place,
    keys: HandbookChapterPage,
    team_editor: Person,
    administrator: Person,
    django_capture_on_commit_callbacks: Any,
) -> None:
    mail.outbox.clear()
    proposal = begin(here.client, keys)
    write(here.client, proposal, "submit", title="Clés & trousseaux")

    assert sorted(message.to[0] for message in mail.outbox) == sorted([team_editor.email, administrator.email])
    assert {message.subject for message in mail.outbox} == {"À relire pour le cahier : Clés & trousseaux"}
    mail.outbox.clear()
    answer(at_desk(team_editor), proposal, "reject", "Qui l'a dit ?")
    write(here.client, proposal, "submit")
    mail.outbox[:] = [message for message in mail.outbox if message.to == [here.person.email]]
    answer(at_desk(team_editor), proposal, "approve")
    mine = [message for message in mail.outbox if message.to == [here.person.email]]
    assert [message.subject for message in mine] == [
        "À compléter : Clés & trousseaux",
        "Publié au cahier : Clés & trousseaux",
    ]
    assert "Qui l'a dit ?" in mine[0].body


def test_blanks_between_tags_are_no_change() -> None:
    written, saved = {"title": "<p>a</p>\n<ul>\n<li>b</li>\n</ul>"}, {"title": "<p>a</p><ul><li>b</li></ul>"}
    assert merge(written, {"title": "<p>c</p>"}, saved) == {"title": "<p>c</p>"}


@pytest.mark.parametrize("number", ["9" * 20, "0", "abc", ""])
def test_numbers_that_no_row_has_are_no_choice(here: Place, keys: HandbookChapterPage, number: str) -> None:
    asked = {"loge": number, "part": number, "title": "Un titre"}

    response = here.client.post(reverse("handbook:propose"), asked)

    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"loge", "part"}
    assert 'value="Un titre"' in response.content.decode()
