"""Questionnaires, the openings in which they are answered, the replies, and what was released of them."""

from communitas.questionnaires.models.openings import Code, Opening, Participation, QuestionnaireSettings
from communitas.questionnaires.models.released import Comment, Released
from communitas.questionnaires.models.replies import Reply, Withdrawal
from communitas.questionnaires.models.sheets import Item, Part, Questionnaire

__all__ = [
    "Code",
    "Comment",
    "Item",
    "Opening",
    "Part",
    "Participation",
    "Questionnaire",
    "QuestionnaireSettings",
    "Released",
    "Reply",
    "Withdrawal",
]
