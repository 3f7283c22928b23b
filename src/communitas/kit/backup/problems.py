"""Why a backup was not made or not restored. The sentence names the part that is wrong."""


class Refused(Exception):
    """What was asked cannot be done as it stands: another folder, another backup or another option is needed."""


class NotGood(Exception):
    """A copy was made or read, but it does not hold what it should. `problems` are sentences."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems
