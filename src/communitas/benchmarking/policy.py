"""Who may do what with facts and imported scores. Who reads national figures is said by `reports`."""

from communitas.members.policy import allow

import_scores = allow("scores.import", why="Only the office imports the scores of past cycles.", network="pk")
read_import = allow(
    "scores.import", why="Only the office imports the scores of past cycles.", network="tenant__network"
)
