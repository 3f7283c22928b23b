"""The other side of `guarded`: limits itself, reads one table from standard input, writes it as JSON."""

import json
import resource
import sys

from communitas.kit.tabular.guarded import lines
from communitas.kit.tabular.limits import Limits
from communitas.kit.tabular.reading import read


def main() -> int:
    """Read the order (one line of JSON) and the file behind it; 1 when the memory is not enough."""
    order = json.loads(sys.stdin.buffer.readline())
    resource.setrlimit(resource.RLIMIT_AS, (order["memory"], order["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (order["seconds"], order["seconds"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it has nothing to write but its answer
    try:
        content = sys.stdin.buffer.read()
        for line in lines(read(content, file=order["file"], limits=Limits(**order["limits"]))):
            sys.stdout.write(line + "\n")
    except MemoryError:
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
