"""A walk of random steps between two tenants; each step reads its own rows or is refused."""

import random
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from contextvars import Context

import psycopg
from canary_reads import NAMES, READS, Leak, by_cursor, by_orm, must_be_of, must_be_refused, rows
from django.db import DatabaseError, connection, transaction

from tenants.backend.base import SchemaMissing, WrongBinding
from tenants.models import Tenant
from tieubieu.binding import PUBLIC, NoTenantBound, Scope, bound, carried, current, current_or_none, streamed

SEED = 20261124
DEEPEST = 3
THREADS = 3
NOWHERE = Scope(schema="khong_co", role=None, slug="khong-co", kind="province", tenant_id=None)


class Undo(Exception):
    pass


class Walk:
    """One walker: a thread, its connection, its own dice."""

    def __init__(self, scopes: list[Scope], seed: int, pool: ThreadPoolExecutor | None = None) -> None:
        self.dice = random.Random(seed)
        self.scopes = scopes
        self.pool = pool
        self.steps = self.reads = 0
        self.left = 0
        self.kinds = [getattr(self, name) for name in dir(self) if name.startswith("step_")]
        self.weights = [getattr(kind, "weight", 8) for kind in self.kinds]

    def go(self, steps: int) -> None:
        self.left = steps
        while self.left > 0:
            self.step(0)

    def step(self, depth: int) -> None:
        if depth > DEEPEST or self.left <= 0:
            return
        self.left -= 1
        self.steps += 1
        before = current_or_none()
        self.dice.choices(self.kinds, self.weights)[0](depth + 1)
        if current_or_none() != before:
            raise Leak(f"{before} was bound, {current_or_none()} is left")

    def pick(self) -> Scope:
        return self.dice.choice(self.scopes)

    def pair(self) -> list[Scope]:
        return self.dice.sample(self.scopes, 2)

    def check(self) -> None:
        self.reads += 1
        must_be_of(current(), self.dice.choice(READS)())

    def look(self, scope: Scope) -> None:
        with bound(scope):
            self.check()

    def step_look(self, depth: int) -> None:
        self.look(self.pick())

    def step_nested(self, depth: int) -> None:
        with bound(self.pick()):
            self.check()
            self.look(self.pick())
            self.step(depth)
            self.check()

    def step_exception_leaves_the_binding(self, depth: int) -> None:
        try:
            with bound(self.pick()):
                self.check()
                raise Undo
        except Undo:
            self.look(self.pick())

    def step_rollback(self, depth: int) -> None:
        here, there = self.pair()
        self.look(here)
        try:
            with transaction.atomic():
                self.look(there)
                self.step(depth)
                raise Undo
        except Undo:
            self.look(there)

    def step_savepoint(self, depth: int) -> None:
        here, there = self.pair()
        with transaction.atomic():
            self.look(here)
            try:
                with transaction.atomic():
                    self.look(there)
                    self.step(depth)
                    raise Undo
            except Undo:
                self.look(self.pick())

    def step_error_in_savepoint(self, depth: int) -> None:
        here, there = self.pair()
        with transaction.atomic():
            self.look(here)
            try:
                with transaction.atomic(), bound(there), connection.cursor() as cursor:
                    cursor.execute("SELECT khong_co_cot_nay")
            except DatabaseError:
                self.look(there)

    def step_error_swallowed_before_the_commit(self, depth: int) -> None:
        if connection.in_atomic_block:
            return self.step_look(depth)
        here, there = self.pair()
        self.look(here)
        with transaction.atomic():
            self.look(there)
            with bound(there), connection.cursor() as cursor:
                must_be_refused(lambda: cursor.execute("SELECT khong_co_cot_nay"), DatabaseError)
        return self.look(there)

    def step_manual_transaction(self, depth: int) -> None:
        if connection.in_atomic_block:
            return self.step_look(depth)
        here, there = self.pair()
        self.look(here)
        transaction.set_autocommit(False)
        try:
            self.look(there)
            self.dice.choice([transaction.commit, transaction.rollback])()
            self.look(there)
            transaction.rollback()
        finally:
            transaction.set_autocommit(True)
        return self.look(there)

    def step_lazy_queryset(self, depth: int) -> None:
        here, there = self.pair()
        with bound(here):
            query = rows().values_list("name", flat=True)
        with bound(there):
            must_be_refused(lambda: list(query), WrongBinding)
            must_be_refused(query.exists, WrongBinding)
            must_be_refused(lambda: list(rows().filter(name__in=query)), WrongBinding)
            self.check()
        with bound(here):
            must_be_of(here, list(query))

    def step_rows_half_read(self, depth: int) -> None:
        here, there = self.pair()
        with bound(here):
            half_read = rows().iterator(chunk_size=1)
            must_be_of(here, [next(half_read).name])
        with closing(half_read), bound(there):
            must_be_refused(lambda: next(half_read), WrongBinding)
            self.check()

    def step_cursor_left_open(self, depth: int) -> None:
        here, there = self.pair()
        with bound(here), connection.cursor() as cursor:
            mine = connection.connection
            self.look(there)
            self.step(depth)
            if connection.connection is not mine:
                return must_be_refused(lambda: cursor.execute(NAMES, ()), DatabaseError)
            cursor.execute(NAMES, ())
            with bound(there):
                must_be_refused(lambda: list(cursor.fetchall()), WrongBinding)
                must_be_refused(lambda: cursor.execute(NAMES, ()), WrongBinding)
            return must_be_of(here, [name for (name,) in cursor.fetchall()])

    def step_after_the_commit(self, depth: int) -> None:
        here, there = self.pair()
        with bound(there):
            with transaction.atomic():
                with bound(here):
                    transaction.on_commit(lambda: must_be_of(here, [current().schema, *by_orm()]))
                self.check()
            self.check()

    def step_carried(self, depth: int) -> None:
        here, there = self.pair()
        with bound(here):
            work = carried(lambda: must_be_of(here, by_cursor()))
        self.look(there)
        with bound(there):
            work()
            self.check()

    def step_streamed(self, depth: int) -> None:
        here, there = self.pair()

        def parts() -> Iterator[list[str]]:
            for _ in range(3):
                yield self.dice.choice(READS)()

        with bound(there):
            stream = streamed(here, parts())
            for names in stream:
                must_be_of(here, names)
                self.check()
                if self.dice.random() < 0.3:
                    break
            stream.close()
            self.check()

    def step_nothing_bound(self, depth: int) -> None:
        for read in self.dice.sample(READS, 2):
            must_be_refused(lambda read=read: Context().run(read), NoTenantBound)

    def step_a_schema_that_is_not_there(self, depth: int) -> None:
        with transaction.atomic():
            with bound(NOWHERE):
                must_be_refused(by_cursor, SchemaMissing)
            self.look(self.pick())

    def step_public_host(self, depth: int) -> None:
        with transaction.atomic():
            with bound(PUBLIC):
                assert Tenant.objects.exists()
                try:
                    with transaction.atomic():
                        must_be_refused(by_orm, DatabaseError)
                        raise Undo
                except Undo:
                    pass
            self.look(self.pick())

    def step_connection_closed(self, depth: int) -> None:
        if not connection.in_atomic_block:
            with bound(self.pick()):
                connection.close()
        self.step_look(depth)

    step_connection_closed.weight = 1

    def step_connection_killed(self, depth: int) -> None:
        if not connection.in_atomic_block:
            self.look(self.pick())
            kill(connection.connection.info.backend_pid)
            with bound(self.pick()):
                must_be_refused(by_cursor, DatabaseError)
            connection.close_if_unusable_or_obsolete()
        self.step_look(depth)

    step_connection_killed.weight = 1

    def step_thread(self, depth: int) -> None:
        here, there = self.pair()
        with bound(here):
            work = carried(lambda: must_be_of(here, by_orm()))
            in_thread(lambda: must_be_refused(by_orm, NoTenantBound), work, lambda: self.look(there))

    step_thread.weight = 2

    def step_pool(self, depth: int) -> None:
        if self.pool is None:
            return self.step_look(depth)
        with bound(self.pick()):
            walks = [Walk(self.scopes, self.dice.randrange(10**9)) for _ in range(THREADS)]
            for done in [self.pool.submit(walk.go, 4) for walk in walks]:
                done.result()
            for walk in walks:
                self.steps += walk.steps
                self.reads += walk.reads
                self.left -= walk.steps
            return self.check()

    step_pool.weight = 2


def kill(pid: int) -> None:
    settings = connection.get_connection_params()
    chosen = {key: settings[key] for key in ("dbname", "user", "password", "host", "port") if settings.get(key)}
    with psycopg.connect(**chosen, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


def in_thread(*works: Callable[[], object]) -> None:
    failed: list[BaseException] = []

    def run() -> None:
        try:
            for work in works:
                work()
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]


def walk(scopes: list[Scope], steps: int, seed: int = SEED) -> Walk:
    with ThreadPoolExecutor(THREADS) as pool:
        walker = Walk(scopes, seed, pool)
        try:
            Context().run(walker.go, steps)
        finally:
            connection.close()
            everybody = threading.Barrier(THREADS)
            for _ in range(THREADS):
                pool.submit(lambda: everybody.wait(5) >= 0 and connection.close())
    return walker
