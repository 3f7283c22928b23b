import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from communitas.cycles.models import Enrolment
from communitas.kit.loading import load
from communitas.kit.matching import matches
from communitas.kit.permissions import ANYBODY, NOBODY, Permission, every, some, unless, where
from tests.cast import World

READ = Permission("enrolment.read", "Only people of the community read this.", {"public": where(stage="self_review")})
CHANGE = Permission("enrolment.change", "Nobody changes this.", {}, sees=READ)


class Anybody:
    roles = ("public",)


def test_what_is_seen_and_allowed_is_loaded(world: World) -> None:
    assert load(Enrolment, world.enrolment.pk, actor=Anybody(), may=READ) == world.enrolment


def test_what_is_not_seen_looks_like_what_is_not_there(world: World) -> None:
    for pk in (world.oak_enrolment.pk, 10**9):
        with pytest.raises(Http404):
            load(Enrolment, pk, actor=Anybody(), may=CHANGE)


def test_what_is_seen_but_not_allowed_is_refused_with_the_sentence(world: World) -> None:
    with pytest.raises(PermissionDenied, match=r"Nobody changes this\."):
        load(Enrolment, world.enrolment.pk, actor=Anybody(), may=CHANGE)


def test_a_query_more_is_saved_by_giving_a_queryset(world: World, django_assert_num_queries: object) -> None:
    queryset = Enrolment.objects.select_related("cycle")

    with django_assert_num_queries(1):  # type: ignore[operator]  # the fixture has no public type
        assert load(queryset, world.enrolment.pk, actor=Anybody(), may=READ).cycle == world.cycle


def test_conditions_compose(world: World) -> None:
    both = every(where(stage="self_review"), unless(community=world.oak.pk))
    either = some(where(stage="visit"), where(stage="self_review"))
    neither = some()

    mine = Enrolment.objects.filter(cycle=world.cycle)
    assert list(mine.filter(both(None, "public"))) == [world.enrolment]
    assert mine.filter(either(None, "public")).count() == 2
    assert neither(None, "public") == NOBODY


def test_anybody_beside_an_or_stays_anybody(world: World) -> None:
    anybody = some(lambda actor, role: NOBODY, lambda actor, role: ANYBODY)(None, "public")

    assert Enrolment.objects.filter(anybody).count() == Enrolment.objects.count()
    assert matches(anybody, world.enrolment)


def test_a_role_that_is_not_named_may_not(world: World) -> None:
    class Staff:
        roles = ("staff",)

    assert not READ.allows(Staff(), world.enrolment)
    assert not READ.visible(Enrolment.objects.all(), Staff()).exists()
