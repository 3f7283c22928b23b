"""Tests cannot leave the machine: every socket but a local one is refused, with a sentence that says so."""

import ipaddress
import socket
from collections.abc import Callable
from typing import Any, NoReturn


class LeftTheMachine(AssertionError):
    """A test tried to reach another machine. Give it a fake, or a server on the loopback interface."""


def is_local(address: Any) -> bool:
    """Whether a socket address stays on this machine: a path (Unix), or a loopback host."""
    if isinstance(address, str | bytes):
        return True
    return isinstance(address, tuple) and bool(address) and is_local_host(address[0])


def is_local_host(host: Any) -> bool:
    """Whether a host's name or number is the loopback interface, or nothing (any local interface)."""
    name = host.decode() if isinstance(host, bytes) else host
    if name in {None, "", "localhost", "0.0.0.0", "::"}:  # noqa: S104  # compared with, not bound to
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def forbid_other_machines() -> None:
    """Replace the calls that reach out, for the rest of this process. Twice is the same as once."""
    if getattr(socket, "_tests_stay_local", False):
        return
    setattr(socket, "_tests_stay_local", True)  # noqa: B010  # a mark of ours that the module's types lack

    def guard_method(name: str, position: int) -> None:
        original: Callable[..., Any] = getattr(socket.socket, name)

        def guarded(self: socket.socket, *arguments: Any) -> Any:
            if not is_local(arguments[position]):
                _refuse(arguments[position])
            return original(self, *arguments)

        setattr(socket.socket, name, guarded)

    guard_method("connect", 0)
    guard_method("connect_ex", 0)
    guard_method("sendto", -1)
    look_up = socket.getaddrinfo

    def guarded_look_up(host: Any, *arguments: Any, **named: Any) -> Any:
        if not is_local_host(host):
            _refuse(host)
        return look_up(host, *arguments, **named)

    setattr(socket, "getaddrinfo", guarded_look_up)  # noqa: B010  # mypy refuses the plain assignment


def _refuse(address: Any) -> NoReturn:
    raise LeftTheMachine(f"A test tried to reach {address!r}; tests cannot leave the machine")
