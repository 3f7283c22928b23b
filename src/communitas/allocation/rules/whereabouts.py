"""Where a community is, as far as plans and pages may know."""

from communitas.kit.rulebook import rule

Point = tuple[float, float]  # latitude, longitude


@rule
def known_point(latitude: float | None, longitude: float | None, *, hidden: bool, rough: Point | None) -> Point | None:
    """A hidden address, and one without a place on the map, is known only by the point that the office entered."""
    return rough if hidden or latitude is None or longitude is None else (latitude, longitude)
