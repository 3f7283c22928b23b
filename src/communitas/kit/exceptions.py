"""The one exception that a rule raises when it says no."""


class NotAllowed(Exception):
    """A rule refused; `why` is the sentence that people are shown."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
