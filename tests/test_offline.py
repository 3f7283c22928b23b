"""Tests cannot leave the machine."""

import socket
import urllib.request

import pytest

from tests.offline import LeftTheMachine, is_local


@pytest.mark.parametrize(
    "address",
    ["/run/socket", b"\0abstract", ("127.0.0.1", 80), ("127.9.9.9", 80), ("localhost", 80), ("::1", 80, 0, 0)],
)
def test_local_address_is_local(address: object) -> None:
    assert is_local(address)


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("2001:db8::1", 80, 0, 0), ("packages.example", 80)])
def test_other_machine_is_not_local(address: object) -> None:
    assert not is_local(address)


def test_connection_to_another_machine_is_refused() -> None:
    with socket.socket() as outgoing, pytest.raises(LeftTheMachine):
        outgoing.connect(("192.0.2.1", 80))


def test_datagram_to_another_machine_is_refused() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as outgoing, pytest.raises(LeftTheMachine):
        outgoing.sendto(b"hello", ("192.0.2.1", 53))


def test_name_of_another_machine_is_not_looked_up() -> None:
    with pytest.raises(LeftTheMachine):
        urllib.request.urlopen("http://packages.example/")


def test_loopback_connection_passes() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=2) as connection,
    ):
        assert connection.getpeername() == server.getsockname()
