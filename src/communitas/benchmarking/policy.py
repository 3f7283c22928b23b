"""Who may do what with facts and imported scores. Who reads national figures is said by `reports`."""

from communitas.members.policy import NEVER, allow

import_scores = allow("scores.import", why="Only the office imports the scores of past cycles.", network="pk")
read_import = allow(
    "scores.import", why="Only the office imports the scores of past cycles.", network="tenant__network"
)

# The cells that may be published: the office reads them, its analysts declare them, two of them lock them.
read_lattice = allow("national.build", why="Only the office reads which cells are published.", network="network")
edit_lattice = allow(
    "national.edit_lattice", why="Only analysts of the office declare cells.", network="network", sees=read_lattice
)
lock_lattice = allow("national.edit_lattice", why="Only analysts of the office lock cells.", network="cycle__network")

# The explorer: members for their own communities, the office for all.
explore = allow(
    "benchmark.read", why="Only members compare their community with others.", network="network", community="pk"
)
explore_all = allow(
    "benchmark.read", why="Only the office compares without a community.", network="pk", atoms={"O": NEVER}
)
