"""What the apps above know about editions."""

from communitas.kit.slots import Slot

# How many running cycles use an edition, by the edition's id: an edition in use is not withdrawn.
running_cycles: Slot[int] = Slot("running cycles of an edition")
