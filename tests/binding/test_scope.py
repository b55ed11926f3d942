"""The binding itself: what is bound, for whom, until when."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context, copy_context
from uuid import UUID

import pytest

from tieubieu.binding import (
    PUBLIC,
    BindingsCrossed,
    NoTenantBound,
    Scope,
    bound,
    carried,
    current,
    current_or_none,
    streamed,
)

HERE = Scope(schema="daklak", role="tb_daklak", slug="daklak", kind="province", tenant_id=UUID(int=1))
THERE = Scope(schema="khanhhoa", role="tb_khanhhoa", slug="khanhhoa", kind="province", tenant_id=UUID(int=2))


def test_nothing_is_bound_at_first():
    with pytest.raises(NoTenantBound):
        current()
    assert current_or_none() is None


def test_the_innermost_binding_counts_and_leaving_restores():
    with bound(HERE):
        with bound(THERE) as scope:
            assert scope == current() == THERE
        assert current() == HERE
    assert current_or_none() is None


def test_an_exception_leaves_what_was_bound_before():
    with bound(HERE):
        with pytest.raises(ZeroDivisionError), bound(THERE):
            raise ZeroDivisionError
        assert current() == HERE


def test_a_binding_is_entered_once():
    binding = bound(HERE)
    with binding:
        pass

    with pytest.raises(RuntimeError, match="once"), binding:
        pass


def test_a_binding_does_not_decorate():
    with pytest.raises(TypeError, match="decorator"):

        @bound(HERE)
        def work() -> None: ...


@pytest.mark.parametrize("wrong", [None, "daklak", object()])
def test_only_a_scope_can_be_bound(wrong):
    with pytest.raises(TypeError, match="Scope"):
        bound(wrong)


def test_a_scope_cannot_be_changed():
    with pytest.raises(AttributeError):
        HERE.schema = "khanhhoa"


# --- Threads -----------------------------------------------------------------------------------------


def _in_thread(work):
    answers = []
    thread = threading.Thread(target=lambda: answers.append(work()))
    thread.start()
    thread.join()
    return answers[0]


def test_a_new_thread_is_not_bound():
    with bound(HERE):
        assert _in_thread(current_or_none) is None
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(current_or_none).result() is None


def test_carried_work_is_bound_wherever_it_runs():
    with bound(HERE):
        work = carried(current)

    with bound(THERE):
        assert work() == HERE
        assert _in_thread(work) == HERE
        assert current() == THERE


def test_work_carried_from_nowhere_is_as_it_was():
    assert carried(current_or_none) is current_or_none


def test_eight_threads_never_meet():
    def often(scope: Scope) -> int:
        wrong = 0
        for _ in range(500):
            with bound(scope):
                wrong += current() is not scope
                with bound(THERE if scope is HERE else HERE):
                    wrong += current() is scope
                wrong += current() is not scope
        return wrong

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(often, [HERE, THERE] * 8)) == 0


# --- Generators --------------------------------------------------------------------------------------


def test_each_part_of_a_stream_is_made_inside_and_read_outside():
    made = (current().slug for _ in range(3))
    read = []
    with bound(THERE):
        for part in streamed(HERE, made):
            read.append((part, current().slug))

    assert read == [("daklak", "khanhhoa")] * 3


def test_a_stream_is_closed_inside_also_when_its_reader_leaves():
    closed = []

    def parts():
        try:
            yield from "abc"
        finally:
            closed.append(current().slug)

    stream = streamed(HERE, parts())
    next(stream)
    stream.close()

    assert closed == ["daklak"]


def test_an_error_in_a_stream_reaches_its_reader_unbound():
    def parts():
        yield 1
        raise ZeroDivisionError

    stream = streamed(HERE, parts())
    next(stream)
    with pytest.raises(ZeroDivisionError):
        next(stream)
    assert current_or_none() is None


def _yields_inside_a_binding(scope: Scope):
    with bound(scope):
        yield


def test_bindings_that_cross_bind_nothing():
    """A generator left suspended inside a binding: what stood before it is stale, so nothing is restored."""

    def crossing() -> Scope | None:
        suspended = _yields_inside_a_binding(THERE)
        with pytest.raises(BindingsCrossed), bound(HERE):
            next(suspended)
        with pytest.raises(BindingsCrossed):
            suspended.close()
        return current_or_none()

    assert Context().run(crossing) is None


def test_a_generator_that_ends_in_another_context_leaves_that_one_alone():
    suspended = _yields_inside_a_binding(THERE)
    copy_context().run(next, suspended)

    with bound(HERE):
        with pytest.raises(ValueError, match="different Context"):
            suspended.close()
        assert current() == HERE


def test_the_public_scope_belongs_to_no_tenant():
    assert (PUBLIC.schema, PUBLIC.tenant_id) == ("public", None)
