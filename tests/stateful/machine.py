"""Random evenings: two events of two organisations, everything that can happen to them, a model."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from app.enums import Role
from tests.conftest import Clock
from tests.mail_invariants import assert_private
from tests.stateful import invariants
from tests.stateful.facts import Facts
from tests.stateful.model import Model, S
from tests.stateful.world import LEASE, World

BEGIN = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
"""Some eighty hours before the events that builders make."""
MENTORS = ("m1", "m2", "m3")
MENTEES = ("p1", "p2", "p3", "p4", "p5")
LETTERS = st.sampled_from("AAAB")
PICKS = st.integers(0, 59)

Verb = Callable[[str, str], str]


class Evenings(RuleBasedStateMachine):
    """Every rule does one thing to one event, in the database and in the model."""

    def __init__(self, make_world: Callable[[Clock], World]) -> None:
        super().__init__()
        self.clock = Clock(BEGIN)
        self.world = make_world(self.clock)
        self.models: dict[str, Model] = {}
        self.before: dict[str, Facts] = {}
        self.apart: dict[str, set[tuple[str, str]]] = {"A": set(), "B": set()}
        self.planned: dict[str, tuple[int, set[frozenset[str]]]] = {}
        self.touched = {"A", "B"}
        self.publishes = ""
        self.deaths = 0
        self.delivered: list[str] = []

    def teardown(self) -> None:
        self.world.stop()

    @initialize(
        confirms=st.booleans(),
        asks=st.sampled_from((False, False, True)),
        mentors=st.integers(1, 3),
        mentees=st.integers(1, 4),
        people=st.integers(0, 7),
    )
    def begin(self, *, confirms: bool, asks: bool, mentors: int, mentees: int, people: int) -> None:
        self._event("A", mentors, mentees, confirms=confirms, asks=asks)
        self._event("B", 1, 1, confirms=not confirms, asks=False)
        for letter, names in (("A", (*MENTORS[:2], *MENTEES)[:people]), ("B", ("m1", "p1"))):
            for name in names:
                self._sign_up(letter, name, ())
                if self.models[letter].confirms:
                    self._both(letter, name, self.world.confirm, self.models[letter].confirm)
                if self.models[letter].asks:
                    self._answer(letter, name, says_yes=True)
        self._look()

    def _event(
        self, letter: str, mentors: int, mentees: int, *, confirms: bool, asks: bool
    ) -> None:
        capacity: dict[Role, int | None] = {Role.MENTEE: mentees, Role.MENTOR: mentors}
        starts_at = self.world.make(letter, capacity, confirms=confirms, asks=asks)
        self.models[letter] = Model(self.clock.at, starts_at, capacity, confirms, asks)

    @rule(letter=LETTERS, name=st.sampled_from((*MENTORS, *MENTEES)), foe=PICKS)
    def sign_up(self, letter: str, name: str, foe: int) -> None:
        self._step(letter)
        others = [other for other in (*MENTORS, *MENTEES) if other != name]
        self._sign_up(letter, name, (others[foe],) if foe < len(others) else ())

    def _sign_up(self, letter: str, name: str, foes: tuple[str, ...]) -> None:
        role = Role.MENTOR if name in MENTORS else Role.MENTEE
        model = self.models[letter]
        last = model.next_seq
        wanted = model.sign_up(name, role)
        assert self.world.sign_up(letter, name, role, foes) == wanted
        if model.next_seq > last:
            kept = {pair for pair in self.apart[letter] if not self._asked(pair, name)}
            self.apart[letter] = kept | {(name, foe) for foe in foes}

    @rule(letter=LETTERS, pick=PICKS)
    def confirm(self, letter: str, pick: int) -> None:
        self._step(letter)
        model = self.models[letter]
        if model.confirms:
            open_ = [n for n, one in model.people.items() if not one.is_confirmed]
            self._whom(letter, pick, open_, self.world.confirm, model.confirm)

    @rule(letter=LETTERS, pick=PICKS, text=st.sampled_from(("How?", "Why?", "When?")))
    def edit(self, letter: str, pick: int, text: str) -> None:
        self._step(letter)
        text = f"{text} {self.clock.at:%d %H:%M}"  # another one each time
        model = self.models[letter]
        placed = model.names(S.PLACED)
        self._whom(
            letter, pick, placed, lambda at, name: self.world.edit(at, name, text), model.edit
        )

    @rule(letter=LETTERS, pick=PICKS)
    def withdraw(self, letter: str, pick: int) -> None:
        self._step(letter)
        model = self.models[letter]
        here = model.names(S.HELD, S.PLACED, S.WAITING, S.OFFERED, S.ASKED)
        self._whom(letter, pick, here, self.world.withdraw, model.withdraw)

    @rule(letter=LETTERS, pick=PICKS)
    def accept(self, letter: str, pick: int) -> None:
        self._step(letter)
        model = self.models[letter]
        self._whom(letter, pick, model.names(S.OFFERED), self.world.accept, model.accept)

    @rule(letter=LETTERS, pick=PICKS, says_yes=st.booleans())
    def answer(self, letter: str, pick: int, *, says_yes: bool) -> None:
        self._step(letter)
        people = self.models[letter].names(S.ASKED, S.REFUSED)
        if people:
            self._answer(letter, people[pick % len(people)], says_yes=says_yes)

    def _answer(self, letter: str, name: str, *, says_yes: bool) -> None:
        model = self.models[letter]
        wanted = model.approve(name) if says_yes else model.refuse(name)
        assert self.world.answer(letter, name, says_yes=says_yes) == wanted

    @rule(
        letter=LETTERS,
        role=st.sampled_from((Role.MENTOR, Role.MENTEE)),
        places=st.sampled_from((0, 1, 2, 3, 4, 6, None)),
        per_mentor=st.sampled_from((None, None, 1.0, 1.5, 2.0)),
    )
    def set_capacity(
        self, letter: str, role: Role, places: int | None, per_mentor: float | None
    ) -> None:
        self._step(letter)
        per_mentor = per_mentor if role is Role.MENTEE else None
        self.models[letter].set_capacity(role, places, per_mentor)
        assert not self.world.set_capacity(letter, role, places, per_mentor)

    @rule(letter=LETTERS, hours=st.sampled_from((-30, -1, 1, 30)))
    def move(self, letter: str, hours: int) -> None:
        self._step(letter)
        model = self.models[letter]
        to = model.starts_at + timedelta(hours=hours)
        assert self.world.move(letter, to) == model.move(to)

    @rule(letter=LETTERS)
    def plan(self, letter: str) -> None:
        self._step(letter)
        if not self.world.plan(letter):
            foes = {frozenset(pair) for pair in self.apart[letter]}
            self.planned[letter] = (self.models[letter].roster, foes)

    @rule(letter=LETTERS, is_late=st.sampled_from((False, False, False, True)))
    def publish(self, letter: str, *, is_late: bool) -> None:
        self._step(letter)
        if letter not in self.planned:
            return
        seen = self.before[letter].version - is_late
        got = self.world.publish(letter, seen=seen)
        if is_late or self.planned[letter][0] != self.models[letter].roster:
            assert got in {"StaleVersion", "NotVerified"}
        else:
            assert got == ("" if self.world.has_plan(letter) else "NotVerified")
        self.publishes = "" if got else letter

    @rule(letter=LETTERS)
    def plan_and_publish(self, letter: str) -> None:
        self.plan(letter)
        self.publish(letter, is_late=False)

    @rule(lives=st.sampled_from((None, None, 1, 3)))
    def send(self, lives: int | None) -> None:
        self._step("AB")
        self.world.transport.lives = lives
        if not self.world.deliver():
            self.deaths += 1
        self.world.transport.lives = None

    @rule(step=st.sampled_from((LEASE, timedelta(hours=1), timedelta(hours=25))))
    def wait(self, step: timedelta) -> None:
        self._step("AB")
        self.clock.at += step
        for model in self.models.values():
            model.now = self.clock.at

    @rule()
    def tick(self) -> None:
        self._step("AB")
        for model in self.models.values():
            model.tick()
        self.world.tick()

    @rule()
    def restart(self) -> None:
        self._step("")
        self.world.stop()
        self.world.start()

    @invariant()
    def holds(self) -> None:
        if not self.models:
            return
        before = self.before
        self._look()
        for letter, model in self.models.items():
            old, now = before[letter], self.before[letter]
            invariants.as_the_model_says(now, model)
            invariants.i1_places(old, now, self.clock.at, confirms=model.confirms)
            invariants.i2_first_come(old, now, confirms=model.confirms)
            invariants.i3_seats(old, now)
            invariants.i4_calendar(now)
            invariants.i5_calendars(now)
            invariants.i5_dropped(now)
            invariants.i5_readers(old, now)
            invariants.i7_audit(old, now)
            if letter not in self.touched:
                invariants.i6_untouched(old, now)
        if self.publishes:
            foes = self.planned[self.publishes][1]
            invariants.apart(self.before[self.publishes], foes)
            self.publishes = ""
        self._read_mail()

    def _read_mail(self) -> None:
        """Every mail that left is its reader's alone; none came twice but by a worker's death."""
        mails = self.world.transport.delivered[len(self.delivered) :]
        messages = self.world.transport.messages[len(self.delivered) :] if mails else []
        ours = ("evening@example.org", self.world.settings.mail_from)
        for mail, message in zip(mails, messages, strict=True):
            assert_private(message, mail.to_address, ours)
            self.delivered.append(mail.message_id)
        assert len(self.delivered) - len(set(self.delivered)) <= self.deaths

    def _step(self, touched: str) -> None:
        """Let a minute pass; only these events may change now."""
        self.touched = set(touched)
        self.clock.advance(minutes=1)
        for model in self.models.values():
            model.now = self.clock.at

    def _look(self) -> None:
        self.before = {letter: self.world.read(letter) for letter in self.models}

    def _whom(
        self, letter: str, pick: int, able: list[str], real: Verb, ideal: Callable[[str], str]
    ) -> None:
        """Choose somebody who is able to, mostly; else anybody, whom it must be refused."""
        people = able if able and pick % 4 else list(self.models[letter].people)
        if people:
            name = people[pick % len(people)]
            self._both(letter, name, real, ideal)

    def _both(self, letter: str, name: str, real: Verb, ideal: Callable[[str], str]) -> None:
        wanted = ideal(name)
        assert real(letter, name) == wanted

    def _asked(self, pair: tuple[str, str], name: str) -> bool:
        return pair[0] == name
