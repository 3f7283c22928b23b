"""What the tests of this part share."""

import pytest

from communitas.cycles import slots
from communitas.kit.slots import Slot


@pytest.fixture
def no_other_app(monkeypatch: pytest.MonkeyPatch) -> None:
    """Empty slots: the questions that are counted are those of this app alone."""
    for slot in vars(slots).values():
        if isinstance(slot, Slot):
            monkeypatch.setattr(slot, "_fillers", [])
