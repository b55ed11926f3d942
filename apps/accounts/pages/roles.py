"""The table of actions for people to read: what each role may do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from apps.accounts.access import Hat, table
from apps.accounts.doors import officials_only
from apps.accounts.workbook import roles_workbook
from tieubieu.spreadsheets import attachment


@officials_only("accounts.roles.see")
def roles(request: HttpRequest) -> HttpResponse:
    """Every line of the table, or those of one hat."""
    asked = request.GET.get("vai-tro", "")
    lines = [line for line in table() if asked not in Hat or asked in line.hats]
    return render(request, "accounts/people_roles.html", {"lines": lines, "hats": Hat.choices, "asked": asked})


@officials_only("accounts.roles.see")
def roles_xlsx(request: HttpRequest) -> HttpResponse:
    return attachment(roles_workbook(table()), "vai-tro.xlsx")
