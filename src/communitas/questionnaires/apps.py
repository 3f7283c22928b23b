from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuestionnairesConfig(AppConfig):
    name = "communitas.questionnaires"
    verbose_name = _("Questionnaires")

    def ready(self) -> None:
        from communitas.cycles import slots
        from communitas.kit import ticks
        from communitas.kit.navigation import Entry, offer
        from communitas.people import slots as people_slots
        from communitas.questionnaires import filling, packing, ticking
        from communitas.visits import slots as visit_slots

        visit_slots.pack.fill(packing.pack)
        people_slots.kept.fill(filling.kept_of)
        ticks.register("remove old answers to questionnaires", ticking.erase)
        slots.links.fill(filling.links)
        slots.next_steps.fill(filling.next_steps)
        group = _("Network")
        here = ("questionnaires:",)
        comments = ("questionnaires:comments", "questionnaires:opening_comments", "questionnaires:decide")
        offer(Entry(_("Questionnaires"), "questionnaires:list", 45, filling.is_office, group=group, holds=here))
        offer(Entry(_("Your questionnaires"), "questionnaires:mine", 25, filling.is_asked, group=group, holds=here))
        offer(
            Entry(_("Comments to read"), "questionnaires:comments", 46, filling.moderates, group=group, holds=comments)
        )
