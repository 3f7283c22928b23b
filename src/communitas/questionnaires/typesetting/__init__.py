"""Questionnaires on paper."""

from communitas.questionnaires.typesetting.qr import qr_address
from communitas.questionnaires.typesetting.questionnaire import questionnaire_pdf

__all__ = ["qr_address", "questionnaire_pdf"]
