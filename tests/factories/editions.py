from datetime import UTC, datetime

from communitas.members.models import Network
from communitas.standards.models import Criterion, Edition, Layer, Section, Standard, StandardSet

THREE = [{"value": 2, "word": "met"}, {"value": 1, "word": "partly met"}, {"value": 0, "word": "not met"}]


def make_edition(
    network: Network, *, number: int = 1, sections: int = 2, criteria: int = 3, published: bool = True
) -> Edition:
    """An edition with so many sections of so many criteria; codes 1.1, 1.2 ... and keys c1-1, c1-2 ..."""
    standard_set, _ = StandardSet.objects.get_or_create(
        network=network, slug="standards", defaults={"name": "Standards"}
    )
    edition = Edition.objects.create(
        standard_set=standard_set,
        number=number,
        title=f"{network.name} standards",
        scale=THREE,
        level_words={"1": "essential", "2": "expected", "3": "desirable"},
    )
    layer = Layer.objects.create(edition=edition, code="core", title="Core standards")
    position = 0
    for section_number in range(1, sections + 1):
        section = Section.objects.create(
            edition=edition,
            position=section_number,
            code=str(section_number),
            title=f"Section {section_number}",
        )
        standard = Standard.objects.create(section=section, position=1, title=f"Standard {section_number}")
        for criterion_number in range(1, criteria + 1):
            position += 1
            Criterion.objects.create(
                edition=edition,
                section=section,
                standard=standard,
                layer=layer,
                position=position,
                key=f"c{section_number}-{criterion_number}",
                code=f"{section_number}.{criterion_number}",
                statement=f"{network.name}: people agree on matter {section_number}.{criterion_number}.",
                level=1 + (criterion_number - 1) % 3,
            )
    if published:
        Edition.objects.filter(pk=edition.pk).update(
            state=Edition.State.PUBLISHED,
            content_hash="0" * 64,
            published_at=datetime(2025, 1, 1, tzinfo=UTC),
        )
        edition.refresh_from_db()
    return edition
