"""Who may do what with sets, editions and lineage. The public rows speak of published editions: queries narrow them."""

from communitas.members.policy import allow

read_published = allow(
    "edition.read_published",
    why="Everybody reads published editions.",
    network="standard_set__network",
)
read_draft = allow(
    "edition.read_draft",
    why="Only the office reads an edition before it is published.",
    network="standard_set__network",
)
edit_draft = allow(
    "edition.edit_draft",
    why="Only the office edits standards.",
    network="standard_set__network",
    sees=read_draft,
)
begin = allow("edition.edit_draft", why="Only the office begins sets and editions of standards.", network="pk")
begin_in_set = allow(
    "edition.edit_draft", why="Only the office begins sets and editions of standards.", network="network"
)
import_into = allow("edition.import", why="Only the office imports standards.", network="pk")
read_import = allow("edition.import", why="Only the office imports standards.", network="tenant__network")
confirm_lineage = allow(
    "lineage.confirm",
    why="Only the office confirms how criteria descend from the edition before.",
    network="standard_set__network",
    sees=read_draft,
)
publish = allow(
    "edition.publish",
    why="Only the office publishes editions, and a second person confirms it.",
    network="standard_set__network",
    sees=read_draft,
)
