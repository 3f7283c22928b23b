"""Who may do what with national figures and reports."""

from functools import partial

from communitas.kit.permissions import where
from communitas.members.policy import allow

of_report = partial(allow, network="release__cycle__network")
# Everybody reads the protected figures of a released report; the office also those that are frozen.
read_national = of_report(
    "national.read",
    why="National figures are public once two people of the office have released them.",
    atoms={"P": where(release__state="released")},
)
read_exact = of_report("national.read_exact", why="Exact national figures stay in the office.", sees=read_national)
write_national = of_report("national.build", why="Only the office writes the national report.", sees=read_national)
release_national = of_report(
    "national.release", why="National figures are released by two people of the office.", sees=read_national
)
build_national = allow("national.build", why="Only the office draws up national figures.", network="network")
oversee_nationals = allow("national.build", why="Only the office draws up national figures.", network="pk")
# A community's own marks beside the protected ones, for its members.
own_picture = allow(
    "benchmark.read",
    why="Only members see their own community in the national picture.",
    network="cycle__network",
    community="community",
)
