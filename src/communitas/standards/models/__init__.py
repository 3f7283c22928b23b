"""Standard sets, their editions, and how criteria descend from one edition to the next."""

from communitas.standards.models.criteria import Criterion, Layer, Section, Standard, Value
from communitas.standards.models.drafts import DraftChange
from communitas.standards.models.editions import Edition, StandardSet
from communitas.standards.models.lineage import Lineage

__all__ = ["Criterion", "DraftChange", "Edition", "Layer", "Lineage", "Section", "Standard", "StandardSet", "Value"]
