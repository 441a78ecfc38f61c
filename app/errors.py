"""What can go wrong, as data; the docstring of a leaf is its default message."""

from __future__ import annotations


class MentoringError(Exception):
    """Something could not be done."""

    status = 400

    def __init__(self, message: str = "") -> None:
        self.message = message or " ".join((type(self).__doc__ or "").split())
        super().__init__(self.message)


class NotFound(MentoringError):
    """There is no page here. The link may be incomplete, or what it named is gone."""

    status = 404


class Erased(NotFound):
    """What stood here was erased. It cannot be brought back."""


class NotAllowed(MentoringError):
    """Only owners of your organisation can do this. Ask one of them; the team page names them."""

    status = 403


class LastOwner(MentoringError):
    """An organisation keeps at least one owner. Make somebody else owner first."""

    status = 409


class WrongToken(MentoringError):
    """The bearer token of this request is not the one that is set here."""

    status = 401


class KeyNeeded(MentoringError):
    """The key is missing, unknown, revoked or past its last day."""

    status = 401


class ReadOnlyKey(MentoringError):
    """This key may read, and what was asked writes."""

    status = 403


class OldTag(MentoringError):
    """It is another by now than the one that If-Match names."""

    status = 412


class NoTag(MentoringError):
    """This could overwrite what somebody else changed, so it needs the header If-Match."""

    status = 428


class StewardNeeded(MentoringError):
    """Open the link that the organisers of the event gave you; it lets you in on this device."""

    status = 403


class SignInNeeded(MentoringError):
    """Sign in to see this page."""

    status = 401


class SignUpClosed(MentoringError):
    """Sign-up for this event is closed."""

    status = 409


class AlreadySignedUp(MentoringError):
    """This address has signed up already. We have sent its personal link there again."""

    status = 409


class LinkExpired(MentoringError):
    """This link is no longer good. Ask for a new one on the event's page."""

    status = 410


class TooLate(MentoringError):
    """This can no longer be changed here. Tell the organiser, who still can."""

    status = 409


class StaleVersion(MentoringError):
    """Somebody changed this meanwhile. Look at what it is now, then decide again."""

    status = 409


class NotVerified(MentoringError):
    """This plan breaks a rule of the event, so it cannot be published."""

    status = 409

    def __init__(self, violations: tuple[str, ...] = ()) -> None:
        self.violations = violations
        super().__init__()


class NothingToPlan(MentoringError):
    """There is nobody to seat in this block yet."""

    status = 409


class TooManyPlans(MentoringError):
    """As many plans as fit are on the way for your organisation. Wait for one, or stop one."""

    status = 429


class TooManyTries(MentoringError):
    """That was tried too often. Wait a quarter of an hour, then try again."""

    status = 429


class Busy(MentoringError):
    """Too much happens at once just now. Nothing was lost; try again in a moment."""

    status = 503
    retry_after_s = 5


class CannotStore(MentoringError):
    """Nothing can be stored just now, so nothing you sent was kept. Send it again in a while."""

    status = 503
    retry_after_s = 60


class InvalidInput(MentoringError):
    """Something in the form wants another look.

    ``fields`` maps a field's name to what to write there.
    """

    status = 422

    def __init__(self, fields: dict[str, str]) -> None:
        self.fields = fields
        super().__init__("; ".join(fields.values()))


class BadConfig(MentoringError):
    """The configuration does not fit together."""


class DataTooNew(MentoringError):
    """The data folder was written by a newer version of Roundabout."""
