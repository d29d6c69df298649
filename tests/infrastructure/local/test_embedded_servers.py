"""The servers and the supervisor of local mode, for real: started, killed, found again."""

import asyncio
import os
import select
import signal
import socket
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import asyncpg
import pytest
import redis

from workout_infrastructure.local import (
    EmbeddedPostgres,
    EmbeddedRedis,
    LocalServerFailed,
)

ServerType = type[EmbeddedPostgres] | type[EmbeddedRedis]
AnyServer = EmbeddedPostgres | EmbeddedRedis

_DEADLINE_SECONDS = 20.0


@pytest.fixture(params=[EmbeddedPostgres, EmbeddedRedis], ids=["postgres", "redis"])
def kind(request: pytest.FixtureRequest) -> ServerType:
    """Each of the two servers in turn."""
    chosen: ServerType = request.param
    return chosen


@pytest.fixture
def make(kind: ServerType) -> Iterator[Callable[..., AnyServer]]:
    """Make servers that are stopped at the end of the test, as quick ones as keep their data."""
    made: list[AnyServer] = []

    def new(folder: Path, *, durable: bool = kind is EmbeddedRedis) -> AnyServer:
        made.append(kind(folder, durable=durable))
        return made[-1]

    yield new
    for server in made:
        server.stop()


def test_what_was_written_is_there_after_a_stop_and_a_start(
    make: Callable[..., AnyServer], tmp_path: Path
) -> None:
    server = make(tmp_path)
    remember(server.start(), "squat")

    server.stop()

    assert not server.is_running()
    assert recall(make(tmp_path).start()) == ["squat"]


def test_a_server_killed_alone_comes_back_at_the_same_address(
    make: Callable[..., AnyServer], tmp_path: Path
) -> None:
    server = make(tmp_path, durable=True)
    address = server.start()
    remember(address, "squat")
    kill(server)

    assert server.start() == address
    assert recall(address) == ["squat"]


def test_a_server_left_behind_by_a_killed_process_is_ended_and_its_data_kept(
    kind: ServerType, make: Callable[..., AnyServer], tmp_path: Path
) -> None:
    starter = run_python(f"""
        import os, signal, sys
        from pathlib import Path
        from workout_infrastructure.local import {kind.__name__}
        server = {kind.__name__}(Path({str(tmp_path)!r}))
        print(server.start(), server.process_id, flush=True)
        sys.stdin.read()
        """)
    address, orphan = read_line(starter).split()
    remember(address, "squat")
    starter.kill()
    starter.wait()
    assert is_alive(int(orphan))

    found = recall(make(tmp_path).start())

    assert found == ["squat"]
    assert wait_until(lambda: not is_alive(int(orphan)))


def test_a_folder_in_use_is_refused_with_a_sentence(
    make: Callable[..., AnyServer], tmp_path: Path
) -> None:
    first = make(tmp_path)
    first.start()

    with pytest.raises(LocalServerFailed, match="Another running process already uses"):
        make(tmp_path).start()

    assert first.is_running()


def test_a_long_folder_full_of_foreign_files_works_and_they_stay_as_they_are(
    make: Callable[..., AnyServer], tmp_path: Path
) -> None:
    folder = tmp_path / ("a long name " * 8) / ("another one " * 8)
    folder.mkdir(parents=True)
    foreign = folder / "training log.csv"
    foreign.write_text("squat,100", encoding="utf-8")
    before = (folder.stat().st_uid, foreign.stat().st_uid, foreign.stat().st_mode)

    remember(make(folder).start(), "squat")

    assert len(str(folder)) > 150
    assert foreign.read_text(encoding="utf-8") == "squat,100"
    assert (folder.stat().st_uid, foreign.stat().st_uid, foreign.stat().st_mode) == before


def test_an_erased_server_starts_empty(make: Callable[..., AnyServer], tmp_path: Path) -> None:
    server = make(tmp_path)
    remember(server.start(), "squat")

    server.erase()

    assert recall(server.start()) == []


def test_a_stale_pid_file_naming_a_living_process_does_not_matter(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path, durable=False) as server:
        remember(server.start(), "squat")
    stale = tmp_path / "postgres" / "data" / "postmaster.pid"
    stale.write_text(f"{os.getppid()}\n/elsewhere\n1\n5432\n\n\n\nready\n", encoding="utf-8")

    with EmbeddedPostgres(tmp_path, durable=False) as server:
        assert recall(server.start()) == ["squat"]


def test_a_cluster_whose_making_was_killed_is_made_anew(tmp_path: Path) -> None:
    half = tmp_path / "postgres" / "data.incomplete" / "base"
    half.mkdir(parents=True)

    with EmbeddedPostgres(tmp_path, durable=False) as server:
        assert recall(server.start()) == []

    assert not half.exists()


def test_a_foreign_folder_in_the_place_of_the_cluster_is_left_alone(tmp_path: Path) -> None:
    foreign = tmp_path / "postgres" / "data" / "thesis.txt"
    foreign.parent.mkdir(parents=True)
    foreign.write_text("do not touch", encoding="utf-8")

    with pytest.raises(LocalServerFailed, match="left alone"):
        EmbeddedPostgres(tmp_path).start()

    assert foreign.read_text(encoding="utf-8") == "do not touch"


def test_a_cluster_of_another_major_version_is_explained(tmp_path: Path) -> None:
    version = tmp_path / "postgres" / "data" / "PG_VERSION"
    version.parent.mkdir(parents=True)
    version.write_text("9\n", encoding="utf-8")

    with pytest.raises(LocalServerFailed, match="written by PostgreSQL 9"):
        EmbeddedPostgres(tmp_path).start()


def test_a_server_that_gives_up_shows_the_end_of_its_log(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path, durable=False) as server:
        server.start()
    (tmp_path / "postgres" / "data" / "postgresql.conf").write_text("nonsense = 1\n")

    with pytest.raises(LocalServerFailed, match='unrecognized configuration parameter "nonsense"'):
        EmbeddedPostgres(tmp_path).start()


def test_the_database_is_utf8_with_checksums_and_durable(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path) as server:
        settings = ("server_encoding", "data_checksums", "fsync", "full_page_writes")
        found = [sql(server.start(), f"SHOW {name}") for name in settings]

    assert found == [["UTF8"], ["on"], ["on"], ["on"]]


def test_redis_moves_when_its_port_is_taken(tmp_path: Path) -> None:
    server = EmbeddedRedis(tmp_path, durable=False)
    first = server.start()
    server.stop()
    with socket.socket() as squatter:
        squatter.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        squatter.bind(("127.0.0.1", int(first.rpartition(":")[2].removesuffix("/0"))))
        squatter.listen()

        with server:
            second = server.start()

    assert second != first


def test_redis_asks_for_its_password(tmp_path: Path) -> None:
    with EmbeddedRedis(tmp_path, durable=False) as server:
        without = "redis://" + server.start().rpartition("@")[2]

        with pytest.raises(redis.AuthenticationError):
            recall(without)


def test_the_supervisor_restarts_a_child_and_stops_everything_on_sigterm() -> None:
    supervisor = supervise(run=["supervisor.start_child('lifter', lifter)"] * 2)
    first, second = int(read_line(supervisor)), int(read_line(supervisor))

    os.kill(first, signal.SIGKILL)
    third = int(read_line(supervisor))
    supervisor.terminate()

    assert third not in {first, second}
    assert supervisor.wait(_DEADLINE_SECONDS) == 0
    assert read_to_end(supervisor) == b""
    assert not is_alive(second)
    assert not is_alive(third)


def test_children_die_with_a_killed_supervisor() -> None:
    supervisor = supervise(run=["supervisor.start_child('lifter', lifter)"])
    read_line(supervisor)

    supervisor.kill()

    # The child holds the other end of this pipe, therefore its end is the child's.
    assert read_to_end(supervisor) == b""


def test_a_child_that_ignores_sigterm_is_killed_after_the_grace() -> None:
    supervisor = supervise(run=["supervisor.start_child('lifter', stubborn)"], grace_seconds=0.1)
    read_line(supervisor)

    supervisor.terminate()

    assert supervisor.wait(_DEADLINE_SECONDS) == 0
    assert read_to_end(supervisor) == b""


def test_the_supervisor_restarts_a_killed_server_and_stops_it_at_the_end(tmp_path: Path) -> None:
    supervisor = supervise(
        run=[
            f"server = EmbeddedRedis(Path({str(tmp_path)!r}))",
            "print(supervisor.start_server(server), server.process_id, flush=True)",
        ]
    )
    address, pid = read_line(supervisor).split()

    os.kill(int(pid), signal.SIGKILL)
    assert wait_until(lambda: not is_alive(int(pid)) and answers(address))
    supervisor.send_signal(signal.SIGINT)

    assert supervisor.wait(_DEADLINE_SECONDS) == 0
    assert not answers(address)


def test_a_stop_signal_while_starting_stops_what_was_started(tmp_path: Path) -> None:
    supervisor = supervise(
        run=[
            f"server = EmbeddedRedis(Path({str(tmp_path)!r}))",
            "print(supervisor.start_server(server), flush=True)",
            "sys.stdin.read()",
        ]
    )
    address = read_line(supervisor).strip()

    supervisor.terminate()

    assert supervisor.wait(_DEADLINE_SECONDS) == 0
    assert not answers(address)


# What the tests above are written with.


def remember(address: str, exercise: str) -> None:
    if address.startswith("redis:"):
        with redis.Redis.from_url(address) as client:
            client.rpush("exercises", exercise)
    else:
        sql(address, "CREATE TABLE IF NOT EXISTS exercises (name text)")
        sql(address, f"INSERT INTO exercises VALUES ('{exercise}')")


def recall(address: str) -> list[str]:
    if address.startswith("redis:"):
        with redis.Redis.from_url(address, decode_responses=True) as client:
            return list(client.lrange("exercises", 0, -1))
    if sql(address, "SELECT to_regclass('exercises')::text") == [None]:
        return []
    return [str(name) for name in sql(address, "SELECT name FROM exercises")]


def sql(dsn: str, statement: str) -> list[object]:
    async def ask() -> list[object]:
        connection = await asyncpg.connect(dsn)
        try:
            return [row[0] for row in await connection.fetch(statement)]
        finally:
            await connection.close()

    return asyncio.run(ask())


def answers(address: str) -> bool:
    try:
        recall(address)
    except redis.ConnectionError:
        return False
    return True


def kill(server: AnyServer) -> None:
    assert server.process_id is not None
    os.kill(server.process_id, signal.SIGKILL)
    assert wait_until(lambda: not server.is_running())


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not (status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z")


def wait_until(holds: Callable[[], bool]) -> bool:
    pause = threading.Event()
    deadline = time.monotonic() + _DEADLINE_SECONDS
    while not holds():
        if time.monotonic() > deadline:
            return False
        pause.wait(0.02)
    return True


def supervise(*, run: list[str], grace_seconds: float = 5.0) -> subprocess.Popen[bytes]:
    """Run a supervisor in a process of its own; its children print their pid and wait."""
    steps = "\n".join(f"    {line}" for line in run)
    return run_python(
        f"""
import signal, sys
from pathlib import Path
from workout_infrastructure.local import EmbeddedRedis, Supervisor

lifts = "import os, signal; print(os.getpid(), flush=True); signal.pause()"
ignores = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
lifter = [sys.executable, "-c", lifts]
stubborn = [sys.executable, "-c", ignores + lifts]
with Supervisor(say=lambda text: print(text, file=sys.stderr), grace_seconds={grace_seconds}) \
        as supervisor:
{steps}
    code = supervisor.run()
raise SystemExit(code)
"""
    )


def run_python(program: str) -> subprocess.Popen[bytes]:
    search_path = os.pathsep.join(entry for entry in sys.path if entry)
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": search_path},
        bufsize=0,
    )


def read_line(process: subprocess.Popen[bytes]) -> str:
    return _read(process, until=b"\n").decode()


def read_to_end(process: subprocess.Popen[bytes]) -> bytes:
    return _read(process, until=None)


def _read(process: subprocess.Popen[bytes], *, until: bytes | None) -> bytes:
    assert process.stdout is not None
    content = b""
    while until is None or not content.endswith(until):
        ready, _, _ = select.select([process.stdout], [], [], _DEADLINE_SECONDS)
        assert ready, f"nothing more than {content!r} was printed in time"
        piece = process.stdout.read(1)
        if not piece:
            return content
        content += piece
    return content
