import pytest
from cases import Case
from verdicts import published


@pytest.fixture
def scene():
    return published()


@pytest.fixture
def case(scene):
    return Case(scene)
