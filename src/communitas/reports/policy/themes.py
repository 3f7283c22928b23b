"""Who codes comments, and who says whether words may be quoted."""

from functools import partial

from communitas.members.policy import allow

WHY = "Only the office works with the comments of all communities."
oversee_themes = allow("theme.code", why=WHY, network="network")
code_remark = allow("theme.code", why=WHY, network="cycle__network")
read_quote = allow("theme.code", why=WHY, network="remark__cycle__network")
of_quote = partial(allow, network="remark__cycle__network", community="remark__enrolment__community")
consent = of_quote("quote.consent", why="The community lead says whether words of the community are quoted.")
