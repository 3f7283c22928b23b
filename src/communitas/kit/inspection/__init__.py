"""What a file really is, asked of its bytes and never of its name, in a process that may die without harm."""

from communitas.kit.inspection.guarded import Inspection, inspect_guarded
from communitas.kit.inspection.kinds import KINDS, Kind, kind_of

__all__ = ["KINDS", "Inspection", "Kind", "inspect_guarded", "kind_of"]
