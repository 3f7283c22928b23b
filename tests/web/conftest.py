"""What the tests of this part share."""

import pytest

from communitas.cycles import slots
from communitas.kit.slots import Slot


@pytest.fixture(autouse=True)
def no_other_app(monkeypatch: pytest.MonkeyPatch) -> None:
    """Empty slots: what these tests read and count is of this app alone."""
    for slot in vars(slots).values():
        if isinstance(slot, Slot):
            monkeypatch.setattr(slot, "_fillers", [])
