"""Who may do what with plans of who reviews whom: the office, as the table says."""

from functools import partial

from communitas.members.policy import allow

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
