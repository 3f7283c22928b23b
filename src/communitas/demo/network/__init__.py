"""The fictional network, built only through the actions that the screens call.

Rooms: `data` reads the files, `calendar` sets the days, `scoring` and `words` say what people answer (no database);
`founding`, `standards`, `years`, `reviews`, `teams`, `reports`, `current`, `twin` carry it out.
"""

from communitas.demo.network.building import build

__all__ = ["build"]
