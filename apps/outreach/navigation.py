"""Where campaigns show in the main navigation."""

from django.http import HttpRequest


def may_see_campaigns(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.has_perm("outreach.campaign.see")
