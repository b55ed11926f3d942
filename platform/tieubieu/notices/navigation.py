"""Where notices and mail show in the main navigation."""

from django.http import HttpRequest


def is_signed_in(request: HttpRequest) -> bool:
    return request.user.is_authenticated


def may_see_mail(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.has_perm("notices.mail.see")
