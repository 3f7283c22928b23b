"""What can be done to facts and national figures. Higher apps call these; every function takes keywords only."""

from communitas.benchmarking.actions.facts import freeze_facts

__all__ = ["freeze_facts"]
