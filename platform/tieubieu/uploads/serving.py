"""Hand a kept file to a browser. The room's view that calls this has asked whether the person may see it."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseNotModified
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag

from tieubieu.uploads.kinds import Kind
from tieubieu.uploads.models import StoredFile
from tieubieu.uploads.services import open_bytes, open_variant

# Nothing in it runs, loads or sends. Not every browser starts its own PDF viewer inside `sandbox`.
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
VIEWER = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; object-src 'self'; frame-ancestors 'self'"


def serve(request: HttpRequest, file: StoredFile, variant: str = "", *, download: bool = False) -> HttpResponse:
    """The file as a response: photos and PDFs shown in place unless `download`, Word and Excel always downloaded.

    `variant` is `screen` or `thumb` of a photo. The browser keeps a copy but asks the view again each time, so whoever
    lost the right loses the file. Raises `FileDamaged`.
    """
    etag = quote_etag(f"{file.sha256}{variant}")
    unchanged = get_conditional_response(request, etag=etag)
    if isinstance(unchanged, HttpResponseNotModified):
        return _guarded(unchanged, file, etag)
    data = open_variant(file, variant) if variant else open_bytes(file)
    response = HttpResponse(data, content_type=file.media_type)
    is_shown = not download and (file.is_photo or file.kind == Kind.PDF)
    response["Content-Disposition"] = content_disposition_header(not is_shown, file.name) or "attachment"
    return _guarded(response, file, etag)


def _guarded(response: HttpResponse, file: StoredFile, etag: str) -> HttpResponse:
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["Content-Security-Policy"] = VIEWER if file.kind == Kind.PDF else SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
