"""Who may do what with action plans."""

from functools import partial

from communitas.members.policy import NEVER, allow

of_enrolment = partial(allow, network="cycle__network", community="community", scope="pk")
of_action = partial(allow, network="enrolment__cycle__network", community="enrolment__community", scope="enrolment")
_READ = "An action plan is read by its community, its review team and the office."
_WRITE = "An action plan is written by its community lead, by those whom the lead named to help, and by the office."

read_plan = of_enrolment("actionplan.read", why=_READ)
write_plan = of_enrolment("actionplan.write", why=_WRITE, sees=read_plan)
read_action = of_action("actionplan.read", why=_READ)
write_action = of_action("actionplan.write", why=_WRITE, sees=read_action)
oversee_plans = allow(
    "actionplan.read",
    why="Only the office reads the plans of all communities.",
    network="pk",
    atoms={"O": NEVER, "T": NEVER, "C": NEVER},
)
send_plan = of_enrolment(
    "actionplan.send", why="An action plan is sent by the community lead, or by the office.", sees=read_plan
)
