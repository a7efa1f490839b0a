"""The addresses of documents. Those of private collections are signed, and good for ten minutes."""

from django.core.signing import BadSignature, TimestampSigner
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from wagtail.documents.views import serve as wagtail_documents

from cms.models import Document

SIGNED_FOR_SECONDS = 600
_SIGNER = "cms.documents"


def address(document: Document, *, is_private: bool) -> str:
    """Where the file is, from the root of this server.

    Whoever calls this has asked for the right to see the document: `cms.restrictions.visible_documents` did.
    """
    if not is_private:
        found: str = document.url
        return found
    signature = TimestampSigner(salt=_SIGNER).sign(str(document.pk))
    return reverse("signed_document", args=[signature, document.filename])


def serve(request: HttpRequest, document_id: str, filename: str) -> HttpResponseBase:
    """Hand out a document as Wagtail does, without the encoding called "None" that it tells of plain files."""
    answer: HttpResponseBase = wagtail_documents.serve(request, document_id, filename)
    if answer.get("Content-Encoding") == "None":
        del answer["Content-Encoding"]
    return answer


def serve_signed(request: HttpRequest, signature: str, filename: str) -> HttpResponseBase:
    """Hand out the document that the signature names, while it is fresh; else 404."""
    try:
        number = int(TimestampSigner(salt=_SIGNER).unsign(signature, max_age=SIGNED_FOR_SECONDS))
    except (BadSignature, ValueError) as error:
        raise Http404 from error
    document = Document.objects.filter(pk=number).first()
    if document is None or document.filename != filename:
        raise Http404
    answer = FileResponse(document.file.storage.open(document.file.name), content_type=document.content_type)
    answer["Content-Disposition"] = document.content_disposition
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Security-Policy"] = "default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
