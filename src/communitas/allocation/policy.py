"""Who may do what with plans of who reviews whom: the office, as the table says."""

from functools import partial

from communitas.members.policy import allow
from communitas.visits import policy as visits

_READ = "Only the office reads plans of who reviews whom."
_PIN = "Only the office decides beforehand who visits whom."
_OVERRIDE = "Only the office sets a rule aside, and two people do it."
of_plan = partial(allow, network="cycle__network")
of_decision = partial(allow, network="visit__enrolment__cycle__network")

list_plans = allow("allocation.read", why=_READ, network="pk")
read_cycle = allow("allocation.read", why=_READ, network="network")
read = of_plan("allocation.read", why=_READ)
override = of_decision("allocation.override_rule", why=_OVERRIDE)
propose_override = of_plan("allocation.override_rule", why=_OVERRIDE, sees=read)
propose = allow("allocation.propose", why="Only the office has a plan proposed.", network="network", sees=read_cycle)
stop = of_plan("allocation.propose", why="Only the office has a plan proposed.")
pin = of_plan("allocation.pin", why=_PIN, sees=read)
take_back = of_decision("allocation.pin", why=_PIN)
accept = of_plan("allocation.accept_plan", why="Only the office accepts a plan.", sees=read)
place = allow("allocation.propose", why="Only the office enters where communities roughly are.", network="network")
configure = allow("network.configure", why="Only the office changes the settings of plans.", network="pk")

# Empty seats and reserves: whoever appoints the team.
fill_seats = visits.of_visit(
    "visit.assign_team", why="Only the office looks for somebody for an empty seat.", sees=visits.read
)
release_reserve = allow(
    "visit.assign_team", why="Only the office lets a reserve go.", network="visit__enrolment__cycle__network"
)
answer_reserve = allow(
    "allocation.answer_reserve",
    why="Only the person who was asked answers.",
    network="visit__enrolment__cycle__network",
    community="visit__enrolment__community",
    subject="account",
)

# The travel and cost sheet: who travels how is for the team and the host, money for the office and each person.
read_travel = visits.of_visit("travel.read", why="Only the team, the host and the office read who travels how.")
enter_journey = allow(
    "travel.enter",
    why="Everybody on a team says for themselves how they travel, and the office for all.",
    network="visit__enrolment__cycle__network",
    subject="account",
)
settle_journey = allow(
    "travel.settle",
    why="Only the office agrees what is paid.",
    network="visit__enrolment__cycle__network",
    sees=enter_journey,
)
read_costs = visits.of_visit("travel.settle", why="Only the office reads what journeys cost.", sees=read_travel)
list_travel = allow("travel.settle", why="Only the office reads what journeys cost.", network="network")
read_ledger = allow(
    "ledger.read_own",
    why="People of the community and the office read what it gave and received.",
    network="network",
    community="pk",
)

_OWN = "Only reviewers say on which days they could visit."
list_own = allow("availability.list_own", why=_OWN, network="pk")
say_days = allow("availability.list_own", why=_OWN, network="network")
come = allow(
    "availability.list_own",
    why="Only reviewers offer to come to a visit.",
    network="enrolment__cycle__network",
    community="enrolment__community",
)
own_offer = allow(
    "availability.update_own",
    why="Only the person who offered to come takes that back.",
    network="visit__enrolment__cycle__network",
    subject="account",
)
