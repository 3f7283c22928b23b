"""A reserve: somebody who keeps the day of a visit free, and comes if a seat falls empty."""

from typing import Final

from communitas.kit.moves import Move, Moves

RESERVE: Final = Moves(
    "Reserve",
    {
        "asked": "Asked",
        "ready": "Keeps the day free",
        "declined": "Cannot",
        "called": "Called onto the team",
        "released": "Free again",
    },
    (
        Move(
            "accept",
            "Keep the day free",
            "asked",
            "ready",
            ("reviewer", "lead_reviewer"),
            sentence="You answered this question already, or it is settled.",
        ),
        Move(
            "decline",
            "Not be able to",
            ("asked", "ready"),
            "declined",
            ("reviewer", "lead_reviewer"),
            sentence="You keep no day free now. If you are on the team, say so on the page of the visit.",
        ),
        Move(
            "call",
            "Call onto the team",
            "ready",
            "called",
            when="a seat fell empty and no rule of conflicts keeps the person away",
            sentence="Only somebody who keeps the day free is called.",
        ),
        Move(
            "release",
            "Let them have the day back",
            ("asked", "ready"),
            "released",
            ("office",),
            "or by itself when the visit took place, moved, or was called off",
            "This person keeps no day free any more.",
        ),
        Move(
            "ask_again",
            "Ask again",
            ("declined", "released", "called"),
            "asked",
            ("office",),
            "the visit has a date and has not taken place",
            "This person is asked already.",
        ),
    ),
)
