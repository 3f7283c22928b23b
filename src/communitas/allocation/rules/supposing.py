"""What would be if something were otherwise: a problem with one thing changed."""

from typing import Any, Final, Literal, get_args

Json = dict[str, Any]
Kind = Literal["travel", "dates", "lead"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)


def suppose(content: Json, what: Json) -> Json:
    """The problem as it would be. The one that is given stays as it is.

    `what` is `{"kind": "travel", "km": 250}` (nobody travels beyond that), `{"kind": "dates"}` (every host with several
    dates offers its last one no more, unless it is pinned) or `{"kind": "lead", "reviewer": id}` (one more leads).
    """
    kind: Kind = what["kind"]
    if kind == "travel":
        return content | {"settings": content["settings"] | {"max_distance_km": what["km"]}}
    if kind == "dates":
        pinned = {(pin["host"], pin["date"]) for pin in content["pinned"]}
        return content | {"hosts": [_with_one_date_fewer(host, pinned) for host in content["hosts"]]}
    return content | {
        "reviewers": [
            one | {"levels": sorted({*one["levels"], "lead", "reviewer"})} if one["id"] == what["reviewer"] else one
            for one in content["reviewers"]
        ]
    }


def _with_one_date_fewer(host: Json, pinned: set[tuple[str, str]]) -> Json:
    dates = host["dates"]
    stays = len(dates) < 2 or (host["id"], dates[-1]) in pinned
    return host if stays else host | {"dates": dates[:-1]}
