"""French for fields of Wagtail's forms that no translation reaches: without a label, they are called as in the code.

The words that a translation does reach are in `cms/locale`.
"""

from wagtail.admin.forms.choosers import (
    AnchorLinkChooserForm,
    EmailLinkChooserForm,
    ExternalLinkChooserForm,
    PhoneLinkChooserForm,
)

FORMS = (AnchorLinkChooserForm, EmailLinkChooserForm, ExternalLinkChooserForm, PhoneLinkChooserForm)
LABELS = {
    "email_address": "Adresse e-mail",
    "phone_number": "Numéro de téléphone",
    "link_text": "Texte du lien",
    "subject": "Objet",
    "body": "Message",
}


def name_fields() -> None:
    """Name the fields of the links that a text may have."""
    for form in FORMS:
        for name in form.base_fields.keys() & LABELS.keys():
            form.base_fields[name].label = LABELS[name]
