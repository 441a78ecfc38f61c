"""Random evenings: two events of two organisations, everything that can happen to them, a model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from app.enums import Role, SignUpState
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
EVERYBODY = (*MENTORS, *MENTEES)

Ideal = Callable[[str], str]
Real = Callable[[str, str], str]
Pair = tuple[str, str]
"""Who asked not to sit with whom."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """Something that can happen, and how often it does where it is allowed."""

    weight: int
    allowed: Callable[[Evenings], object]
    run: Callable[[Evenings, Random], None]


VERBS: list[Verb] = []


def verb(
    weight: int, allowed: Callable[[Evenings], object] = lambda _: True
) -> Callable[[Callable[[Evenings, Random], None]], Callable[[Evenings, Random], None]]:
    """Add a method to what can happen; it draws what it needs."""

    def add(run: Callable[[Evenings, Random], None]) -> Callable[[Evenings, Random], None]:
        VERBS.append(Verb(weight=weight, allowed=allowed, run=run))
        return run

    return add


class Evenings(RuleBasedStateMachine):
    """Every rule does one thing to one event, in the database and in the model."""

    def __init__(self, make_world: Callable[[Clock], World]) -> None:
        super().__init__()
        self.clock = Clock(BEGIN)
        self.world = make_world(self.clock)
        self.models: dict[str, Model] = {}
        self.seen: dict[str, Facts] = {}
        self.apart: dict[str, set[Pair]] = {"A": set(), "B": set()}
        self.planned: dict[str, tuple[int, set[Pair]]] = {}
        self.touched: set[str] = set()
        self.published = ""
        self.deaths = 0
        self.read_mails: list[str] = []

    def teardown(self) -> None:
        self.world.engine.dispose()

    @initialize(random=st.randoms(use_true_random=True))
    def begin(self, random: Random) -> None:
        """Make both events, with some people in them already."""
        people = (*MENTORS[:2], *MENTEES)[: random.randint(2, 7)]
        for letter, names, mentors, mentees in (
            ("A", people, random.randint(1, 3), random.randint(1, 3)),
            ("B", ("m1", "p1"), 1, 1),
        ):
            capacity: dict[Role, int | None] = {Role.MENTEE: mentees, Role.MENTOR: mentors}
            confirms, asks = random.random() < 0.7, random.random() < 0.3
            starts_at = self.world.make(letter, capacity, confirms=confirms, asks=asks)
            model = Model(self.clock.at, starts_at, capacity, confirms, asks)
            self.models[letter] = model
            for name in names:
                entry = model.admit(name, role_of(name))
                self.world.admit(letter, name, entry.role, entry.state)
        self.seen = self.world.read()

    @rule(random=st.randoms(use_true_random=True))
    def turn(self, random: Random) -> None:
        """Let one thing happen, each as often as it shall; Hypothesis would repeat one for long."""
        allowed = [verb for verb in VERBS if verb.allowed(self)]
        [chosen] = random.choices(allowed, [verb.weight for verb in allowed])
        note(f"{self.clock.at:%d %H:%M} {chosen.run.__name__}")
        chosen.run(self, random)

    @verb(6)
    def sign_up(self, random: Random) -> None:
        """Come, mostly for the first time, and mostly confirm the address at once."""
        letter = self._pass(random.choice("AAAB"))
        model = self.models[letter]
        new = [one for one in EVERYBODY if one not in model.people]
        name = random.choice(new if new and random.random() < 0.7 else EVERYBODY)
        foes = tuple({random.choice(EVERYBODY)} - {name}) if random.random() < 0.3 else ()
        last = model.next_seq
        wanted = model.sign_up(name, role_of(name))
        assert self.world.sign_up(letter, name, role_of(name), foes) == wanted
        if model.next_seq > last:
            kept = {pair for pair in self.apart[letter] if pair[0] != name}
            self.apart[letter] = kept | {(name, one) for one in foes}
        if random.random() < 0.7 and model.confirms and name in model.people:
            assert self.world.confirm(letter, name) == model.confirm(name)

    @verb(3, lambda self: self.where(S.HELD, S.WAITING, S.ASKED, confirms=True))
    def confirm(self, random: Random) -> None:
        letter = self._letter(random, S.HELD, S.WAITING, S.ASKED, confirms=True)
        model = self.models[letter]
        able = [name for name, one in model.people.items() if not one.is_confirmed]
        self._do(random, letter, able, self.world.confirm, model.confirm)

    @verb(2)
    def edit(self, random: Random) -> None:
        letter = self._pass(random.choice("AAAB"))
        text = f"Why {self.clock.at:%d %H:%M}?"  # another one each time

        def edit(letter: str, name: str) -> str:
            return self.world.edit(letter, name, text)

        model = self.models[letter]
        self._do(random, letter, model.names(S.PLACED), edit, model.edit)

    @verb(3)
    def withdraw(self, random: Random) -> None:
        letter = self._pass(random.choice("AAAB"))
        model = self.models[letter]
        taking = model.names(S.HELD, S.PLACED, S.OFFERED)
        here = taking if random.random() < 0.7 else model.names(S.WAITING, S.ASKED)
        self._do(random, letter, here, self.world.withdraw, model.withdraw)

    @verb(1)
    def erase(self, random: Random) -> None:
        """Forget somebody; what others wrote about them goes with them."""
        letter = self._pass(random.choice("AAAB"))

        def erase(letter: str, name: str) -> str:
            self.apart[letter] = {pair for pair in self.apart[letter] if name not in pair}
            return self.world.erase(letter, name)

        self._do(random, letter, [], erase, self.models[letter].erase)

    @verb(4, lambda self: self.where(S.OFFERED))
    def accept(self, random: Random) -> None:
        letter = self._letter(random, S.OFFERED)
        model = self.models[letter]
        self._do(random, letter, model.names(S.OFFERED), self.world.accept, model.accept)

    @verb(4, lambda self: self.where(S.ASKED, S.REFUSED))
    def answer(self, random: Random) -> None:
        """Say yes, or sometimes no, to who asked."""
        letter = self._letter(random, S.ASKED, S.REFUSED)
        says_yes = random.random() < 0.7

        def answer(letter: str, name: str) -> str:
            return self.world.answer(letter, name, says_yes=says_yes)

        model = self.models[letter]
        ideal = model.approve if says_yes else model.refuse
        self._do(random, letter, model.names(S.ASKED, S.REFUSED), answer, ideal)

    @verb(3)
    def set_capacity(self, random: Random) -> None:
        letter = self._pass(random.choice("AAAB"))
        role = random.choice((Role.MENTOR, Role.MENTEE))
        places = random.choice((0, 1, 2, 3, 3, 4, 6, None))
        per_mentor = random.choice((None, None, 1.0, 1.5, 2.0)) if role is Role.MENTEE else None
        self.models[letter].set_capacity(role, places, per_mentor)
        assert not self.world.set_capacity(letter, role, places, per_mentor)

    @verb(1)
    def move(self, random: Random) -> None:
        letter = self._pass(random.choice("AAAB"))
        model = self.models[letter]
        to = model.starts_at + timedelta(hours=random.choice((-30, -1, 1, 30, 30)))
        wanted = model.move(to)
        assert self.world.move(letter, to) == wanted

    @verb(1, lambda self: self.where(S.PLACED))
    def plan(self, random: Random) -> None:
        self._plan(self._pass(random.choice("AAAB")))

    @verb(2, lambda self: self.planned)
    def publish(self, random: Random) -> None:
        """Publish what was planned, whenever that was; or as somebody who looked before."""
        letter = self._pass(random.choice(sorted(self.planned)))
        self._publish(letter, is_late=random.random() < 0.3)

    @verb(3, lambda self: self.where(S.PLACED))
    def plan_and_publish(self, random: Random) -> None:
        letter = self._pass(random.choice("AAAB"))
        if self._plan(letter):
            self._publish(letter, is_late=False)

    def _plan(self, letter: str) -> bool:
        error = self.world.plan(letter)
        assert error in {"", "NothingToPlan"}
        if not error:
            self.planned[letter] = (self.models[letter].roster, set(self.apart[letter]))
        return not error

    def _publish(self, letter: str, *, is_late: bool) -> None:
        got = self.world.publish(letter, seen=self.seen[letter].version - is_late)
        if is_late or self.planned[letter][0] != self.models[letter].roster:
            assert got in {"StaleVersion", "NotVerified"}
        else:
            assert got == ("" if self.world.has_plan(letter) else "NotVerified")
        self.published = "" if got else letter

    @verb(3)
    def send(self, random: Random) -> None:
        """Send what is due; some workers are killed after so many mails."""
        self._pass("AB")
        self.world.transport.lives = random.choice((None, None, 1, 3))
        self.deaths += not self.world.deliver()
        self.world.transport.lives = None

    @verb(3)
    def wait(self, random: Random) -> None:
        """Let time pass; mostly the ticker then frees what was held or offered too long."""
        self._pass("AB", random.choice((LEASE, timedelta(hours=1), timedelta(hours=25))))
        if random.random() < 0.7:
            self.world.tick()
            for model in self.models.values():
                model.tick()

    @verb(1)
    def restart(self, _random: Random) -> None:
        self._pass("")
        self.world.restart()

    @invariant()
    def holds(self) -> None:
        before, self.seen = self.seen, self.world.read() if self.models else {}
        for letter, model in self.models.items():
            old, now = before[letter], self.seen[letter]
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
        if self.published:
            invariants.i3_apart(self.seen[self.published], self.planned[self.published][1])
            self.published = ""
        self._read_mail()

    def _read_mail(self) -> None:
        """Every mail that left is its reader's alone; none came twice but by a worker's death."""
        ours = ("evening@example.org", self.world.settings.mail_from)
        for mail, message in self.world.transport.after(len(self.read_mails)):
            assert_private(message, mail.to_address, ours)
            self.read_mails.append(mail.message_id)
        assert len(self.read_mails) - len(set(self.read_mails)) <= self.deaths

    def where(self, *states: SignUpState, confirms: bool = False) -> list[str]:
        """Return the events where somebody is in one of these states."""
        return [
            letter
            for letter, model in self.models.items()
            if model.names(*states) and (model.confirms or not confirms)
        ]

    def _letter(self, random: Random, *states: SignUpState, confirms: bool = False) -> str:
        """Begin a step at one of those events."""
        return self._pass(random.choice(self.where(*states, confirms=confirms)))

    def _pass(self, touched: str, by: timedelta = timedelta(minutes=1)) -> str:
        """Let time pass; only these events may change now."""
        self.touched = set(touched)
        self.clock.at += by
        for model in self.models.values():
            model.now = self.clock.at
        return touched

    def _do(self, random: Random, letter: str, able: list[str], real: Real, ideal: Ideal) -> None:
        """Do it to somebody who is able to, mostly; else to anybody, whom it must be refused."""
        people = able if able and random.random() < 0.8 else list(self.models[letter].people)
        if people:
            name = random.choice(people)
            wanted = ideal(name)
            assert real(letter, name) == wanted


def role_of(name: str) -> Role:
    return Role.MENTOR if name in MENTORS else Role.MENTEE
