"""Programs of partners: registered at a tenant, with a token of their own."""

from dataclasses import dataclass

from django.test import Client

from apps.partners.services import create_client
from apps.partners.urls import router

# Every list that the router has, so that a new one is looked at from the first day.
LISTS = [f"/{prefix}/" for prefix, _, _ in router.registry]
EVERYTHING = ("rounds:read", "certificates:read", "nominations:read")


@dataclass
class Program:
    """A program on a tenant's host; `get` sends its token along."""

    host: str
    token: str = ""

    @property
    def browser(self) -> Client:
        return Client(headers={"host": self.host})

    def ask(self, **form):
        return self.browser.post("/api/v1/token/", form)

    def get(self, path, **headers):
        return self.browser.get(f"/api/v1{path}", headers={"authorization": f"Bearer {self.token}", **headers})


def introduced(slug, *scopes, name="Cổng dữ liệu"):
    """Call inside the tenant: the program, signed in with a token for these scopes."""
    made = create_client(name, scopes or EVERYTHING)
    program = Program(f"{slug}.localhost")
    answer = program.ask(grant_type="client_credentials", client_id=made.client_id, client_secret=made.secret)
    return Program(program.host, answer.json()["access_token"])


def answers_of(program):
    """What each list says, with every single thing in it, as text by the list's path."""
    said = {}
    for path in LISTS:
        answer = program.get(path)
        assert answer.status_code == 200
        single = [program.get(f"{path}{row['id']}/").content.decode() for row in answer.json()["results"]]
        said[path] = answer.content.decode() + "".join(single)
    return said


def told_by(program):
    return "".join(answers_of(program).values())
