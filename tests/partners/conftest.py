import pytest
from programs import introduced


@pytest.fixture
def program(in_daklak):
    """A partner's program with a token for everything in Đắk Lắk."""
    return introduced("daklak")
