"""The form of an entry, and an independent reading of the table: what it says about the cast, without our policies."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from communitas.members.models import Community
from communitas.members.rules.table import Atom, Expression
from communitas.people.models import Account
from tests.cast import Part, World

SIGNED_IN: Final = "anybody who signed in"
ANYBODY: Final = "anybody"
PEOPLE: Final = (
    *("mina", "stefan", "lena", "rafi", "ludo", "nadia", "cora", "cyrus", "dee", "kit", "otto", "ada", "tess", "theo"),
)
NOBODY: Final = "nobody"

# Who holds what, in the words of the table: role, network, community, duties. Said again here on purpose.
HELD: Final[Mapping[str, Sequence[tuple[str, str, str, str]]]] = {
    "mina": [("client_member", "hearth", "lark", "")],
    "stefan": [("staff", "hearth", "lark", "")],
    "lena": [("community_lead", "hearth", "lark", "")],
    "rafi": [("reviewer", "hearth", "oak", ""), ("staff", "hearth", "oak", "")],
    "ludo": [("lead_reviewer", "hearth", "oak", "")],
    "nadia": [("reviewer", "hearth", "oak", ""), ("client_member", "hearth", "oak", "")],
    "cora": [("office", "hearth", "", "")],
    "cyrus": [("office", "hearth", "", "sec ana")],
    "dee": [("office", "hearth", "", "dpo mod safe")],
    "kit": [("committee", "hearth", "", "")],
    "otto": [("staff", "hearth", "elm", "")],
    "ada": [("admin", "", "", "")],
    "tess": [("office", "harbour", "", "")],
    "theo": [("community_lead", "harbour", "lark", "")],
    NOBODY: [],
}
CONTRIBUTORS: Final = {"mina", "stefan"}  # of Lark House's enrolment in the first network
TEAM: Final = {"rafi", "ludo", "nadia"}  # of the visit to Lark House in the first network


@dataclass(frozen=True)
class Target:
    """What a request is about, in the words of the table."""

    args: tuple[Any, ...]
    community: Community | None
    scope: int | None
    subject: Account | None
    author: Account | None
    true: frozenset[str]
    is_network: bool

    def __init__(
        self,
        *args: Any,
        community: Community | None = None,
        scope: int | None = None,
        subject: Account | None = None,
        author: Account | None = None,
        true: str = "",
        is_network: bool = False,
    ) -> None:
        for name, value in {
            "args": args,
            "community": community,
            "scope": scope,
            "subject": subject,
            "author": author,
            "true": frozenset(true.split()),
            "is_network": is_network,
        }.items():
            object.__setattr__(self, name, value)


Build = Callable[[World, Part], Target]
Data = Mapping[str, Any] | Callable[[Target], Mapping[str, Any]]


def the_network(world: World, part: Part) -> Target:
    """A page of the network itself."""
    return Target(is_network=True)


@dataclass(frozen=True)
class Case:
    """One address and the row that it obeys; README.md says what each field means."""

    url: str
    row: str
    of: Sequence[Build] = (the_network,)
    sees: str = ""
    methods: Sequence[str] = ("GET",)
    data: Data = field(default_factory=dict)
    query: str = ""
    public: bool = False
    slug: bool = True
    also: Mapping[str, tuple[bool, str]] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.url}{self.query} {'/'.join(self.methods)} {self.row}"


def allowed(row: Mapping[str, Expression], person: str, target: Target, part: Part, world: World) -> bool:
    """What the table says about one person and one target."""
    held = [*HELD[person], ("public", "", "", "")]
    return any(
        _cell(row[role], person, role, network, place, duties, target, part, world)
        for role, network, place, duties in held
    )


def _cell(
    cell: Expression,
    person: str,
    role: str,
    network: str,
    place: str,
    duties: str,
    target: Target,
    part: Part,
    world: World,
) -> bool:
    if network and network != part.network.slug:
        return False
    own = getattr(world if network == "hearth" else world.twin, place) if place else None
    here = part.network.slug == "hearth"
    on_scope = here and target.scope == world.enrolment.pk
    on_team = person in TEAM and (on_scope if target.scope is not None else here and target.community == world.lark)
    account = getattr(world, person) if person != NOBODY else None

    answers = {
        "Y": True,
        "2": True,
        "O": own is not None and target.community == own,
        "S": account is not None and target.subject == account,
        "K": own is not None and target.community == own and on_scope and person in CONTRIBUTORS,
        "T": on_team,
        "not-author": target.author is None or target.author != account,
        **{word: word in target.true for word in "WFPGL"},
        **dict.fromkeys("CVB", False),
    }

    def holds(atom: Atom) -> bool:
        return answers.get(atom.name, atom.name in duties.split())

    return cell.holds(holds)
