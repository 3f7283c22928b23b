"""Who may do what with plans of who reviews whom: the office, as the table says."""

from functools import partial

from communitas.members.policy import allow
from communitas.visits import policy as visits

_READ = "Only the office reads plans of who reviews whom."
_PIN = "Only the office decides beforehand who visits whom."
of_plan = partial(allow, network="cycle__network")
of_decision = partial(allow, network="visit__enrolment__cycle__network")

list_plans = allow("allocation.read", why=_READ, network="pk")
read_cycle = allow("allocation.read", why=_READ, network="network")
read = of_plan("allocation.read", why=_READ)
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
