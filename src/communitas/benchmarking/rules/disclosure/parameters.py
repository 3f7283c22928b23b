"""The thresholds of disclosure control: a network may be stricter than the floors, never laxer."""

from dataclasses import dataclass

PERSON_FLOOR = 5
ORGANISATION_FLOOR = 5
COLLUDERS_FLOOR = 2
ROUNDING_FLOOR = 5
DOMINANCE_CEILING = 50.0
CRITERION_FLOOR = 10
WHOLE_NUMBER_FLOOR = 20


@dataclass(frozen=True, slots=True)
class Parameters:
    """Thresholds of a network. ValueError, naming the field, when one is laxer than its floor."""

    people: int = 10  # smallest count of people that is shown
    communities: int = 5  # T_org: smallest pooled group, and smallest difference between two groups
    colluders: int = 2  # how many communities may pool what they know
    rounding: int = 5
    dominance: float = 50.0  # percent of a cell's answers one community or legal operator may hold
    criterion: int = 10  # smallest group whose marks on one criterion are shown; medians too
    whole_numbers: int = 20  # from here percentages are whole numbers, and quarters are shown

    def __post_init__(self) -> None:
        floors = {
            "people": PERSON_FLOOR,
            "communities": ORGANISATION_FLOOR,
            "colluders": COLLUDERS_FLOOR,
            "rounding": ROUNDING_FLOOR,
            "criterion": CRITERION_FLOOR,
            "whole_numbers": WHOLE_NUMBER_FLOOR,
        }
        for name, floor in floors.items():
            if getattr(self, name) < floor:
                raise ValueError(f"{name} may not be below {floor}.")
        if not 0 < self.dominance <= DOMINANCE_CEILING:
            raise ValueError(f"dominance may not be above {DOMINANCE_CEILING:g} percent.")

    @property
    def few(self) -> int:
        """The exceptions 'almost all' may hide: one more than those who pool their knowledge could be."""
        return self.colluders + 1

    def step(self, communities: int) -> int:
        """What percentages of a cell are rounded to: multiples of 5 in small cells, whole numbers in larger ones."""
        return 1 if communities >= self.whole_numbers else self.rounding
