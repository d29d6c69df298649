"""The house rules as checks of syntax trees; each takes one file and lists what breaks it."""

import ast
import re
from collections.abc import Callable, Iterator
from typing import Final

from tests.architecture.sources import (
    Finding,
    FunctionNode,
    Source,
    base_names,
    calls,
    classes,
    imports,
    nodes,
    references,
    texts,
)
from workout_application.messaging.naming import snake_case

Lint = Callable[[Source], Iterator[Finding]]

_CLOCKS: Final = re.compile(
    r"datetime\.datetime\.(now|utcnow|today|fromtimestamp|utcfromtimestamp)"
    r"|datetime\.date\.(today|fromtimestamp)"
    r"|time\.(time|time_ns|localtime|gmtime|ctime|strftime)"
)
_CHANCE: Final = re.compile(
    r"uuid\.uuid[1-8]|uuid_utils\..*|(random|secrets)(\..*)?|os\.(urandom|getrandom)"
)
CLOCK_AND_CHANCE_ALLOWED: Final = {
    "workout_infrastructure/clock.py": "it is the clock, and the source of identifiers",
    "workout_infrastructure/security/tokens.py": "refresh tokens are secrets",
    "workout_infrastructure/security/codes.py": "invitation codes are secrets",
    "workout_infrastructure/cache/queries.py": "spreads lifetimes, so that answers age apart",
    "workout_infrastructure/cache/redis_cache.py": "versions of tags never come again",
    "workout_infrastructure/push/channel.py": "names this process towards the others",
    "workout_infrastructure/local/redis.py": "the password of the embedded server",
    "workout_presentation/composition/demo.py": "names and passwords of one run of the demo",
    "workout_presentation/composition/local.py": "the signing key of a new local installation",
}


def no_clock_and_no_chance(source: Source) -> Iterator[Finding]:
    """Time and identifiers are injected: nobody else reads a clock or draws lots."""
    if source.path in CLOCK_AND_CHANCE_ALLOWED:
        return
    for name, line in dict.fromkeys(references(source.tree)):
        if _CLOCKS.fullmatch(name) or _CHANCE.fullmatch(name):
            yield Finding(source.path, line, f"reads {name}: inject Clock or Identifiers")


UNIT_OF_WORK: Final = "workout_infrastructure/persistence/unit_of_work.py"


def only_the_unit_of_work_commits(source: Source) -> Iterator[Finding]:
    """Transactions end in one place, so a command is one transaction."""
    if source.path == UNIT_OF_WORK:
        return
    for name, call in calls(source.tree):
        if name in {"commit", "rollback"}:
            yield Finding(source.path, call.lineno, f"calls {name}()")
    for text, line in texts(source.tree):
        if re.fullmatch(r"\s*(BEGIN|COMMIT|ROLLBACK|START TRANSACTION)\b.*", text):
            yield Finding(source.path, line, f"sends {text.strip()!r}")


_SQL: Final = re.compile(
    r"\bSELECT\b.+\bFROM\b|\bINSERT INTO\b|\bUPDATE \w+ SET\b|\bDELETE FROM\b|\bCREATE TABLE\b",
    re.DOTALL,
)
_STATUS: Final = re.compile(r"(^|_)status(_code)?$")


def no_sql_and_no_http_inside(source: Source) -> Iterator[Finding]:
    """Domain and application know neither tables nor statuses."""
    if not source.is_below("workout_domain", "workout_application", "workout_shared"):
        return
    for text, line in texts(source.tree):
        if _SQL.search(text):
            yield Finding(source.path, line, "holds SQL")
    for name, line in imports(source.tree):
        if name.partition(".")[0] in {"http", "urllib", "starlette", "httpx"}:
            yield Finding(source.path, line, f"imports {name}")
    for node in nodes(source.tree):
        if isinstance(node, ast.keyword) and node.arg and _is_http(node.arg, node.value):
            yield Finding(source.path, node.value.lineno, "holds an HTTP status")
        if isinstance(node, ast.Compare) and isinstance(node.left, ast.Attribute | ast.Name):
            left = node.left.attr if isinstance(node.left, ast.Attribute) else node.left.id
            if any(_is_http(left, right) for right in node.comparators):
                yield Finding(source.path, node.lineno, "compares an HTTP status")


def _is_http(name: str, value: ast.expr) -> bool:
    return (
        bool(_STATUS.search(name))
        and isinstance(value, ast.Constant)
        and isinstance(value.value, int)
        and not isinstance(value.value, bool)
    )


_CONTROLLER_MAY_IMPORT: Final = re.compile(
    r"typing\.\w+|uuid\.UUID|collections\.abc\.\w+"
    r"|fastapi\.(Query|Request|Path|Header|UploadFile|File|Form)"
    r"|starlette\.responses\.\w*Response"
    r"|workout_application\.\w+\.(commands|queries)\.\w+\.\w+"
    r"|workout_application\.\w+\.(?:\w+_)?views\.\w+"
    r"|workout_presentation\.api\.(cookies|door|envelope|limits|operations|lists|fields|queries|reports)\.\w+"
    r"|workout_presentation\.api\.v1\.\w+\.\w+\.\w+"
    r"|workout_shared\.\w+\.\w+"
)
CONTROLLER_EXCEPTIONS: Final = {
    "workout_application.messaging.jobs.JobView": "a job looks the same, whoever asked for it",
    "workout_application.messaging.actor.Role": "addresses of a profile or a role name it",
    "workout_application.training.starting.BegunSession": "what two commands answer with",
}
_ROUTE: Final = re.compile(r"\w+\.(get|post|put|patch|delete)")


def controllers_parse_send_and_present(source: Source) -> Iterator[Finding]:
    """A controller knows messages, views and the door; it sends one message and decides nothing."""
    if not is_controller(source):
        return
    for name, line in imports(source.tree):
        if not _CONTROLLER_MAY_IMPORT.fullmatch(name) and name not in CONTROLLER_EXCEPTIONS:
            yield Finding(source.path, line, f"imports {name}")
    for node in source.tree.body:
        if isinstance(node, ast.ClassDef):
            yield Finding(source.path, node.lineno, "defines a class")
        if isinstance(node, FunctionNode) and _is_route(node):
            yield from _one_message(source, node)


def is_controller(source: Source) -> bool:
    """Whether a file holds controllers: not the bodies they read, nor the list of routers."""
    name = source.path.rpartition("/")[2]
    return (
        source.is_below("workout_presentation/api/v1")
        and source.path.count("/") > 3
        and name != "__init__.py"
        and not name.endswith("models.py")
    )


def _is_route(node: FunctionNode) -> bool:
    return any(
        isinstance(decorator, ast.Call) and _ROUTE.fullmatch(ast.unparse(decorator.func))
        for decorator in node.decorator_list
    )


def _one_message(source: Source, node: FunctionNode) -> Iterator[Finding]:
    sent = [name for name, _ in calls(node) if name in {"ask", "tell"}]
    if len(sent) != 1:
        yield Finding(source.path, node.lineno, f"{node.name} sends {len(sent)} messages")
    for inner in ast.walk(node):
        if isinstance(inner, ast.For | ast.While | ast.Try | ast.If | ast.With | ast.AsyncWith):
            yield Finding(source.path, inner.lineno, f"{node.name} decides or repeats something")


MESSAGE_BASES: Final = frozenset({"Command", "Query", "CachedQuery"})


def one_message_one_file(source: Source) -> Iterator[Finding]:
    """A message, its policy and its handler share the file that bears its name."""
    parts = source.path.split("/")
    found = [node for node in classes(source) if MESSAGE_BASES & set(base_names(node))]
    is_message_file = len(parts) == 4 and parts[2] in {"commands", "queries"}
    if source.path == "workout_application/messaging/messages.py":
        return
    if not is_message_file or parts[0] != "workout_application":
        yield from (Finding(source.path, node.lineno, f"{node.name} lives here") for node in found)
        return
    if parts[3] == "__init__.py":
        return
    if len(found) != 1:
        yield Finding(source.path, 1, f"holds {len(found)} messages")
        return
    yield from _message(source, parts[2], parts[3].removesuffix(".py"), found[0])


def _message(source: Source, folder: str, file: str, node: ast.ClassDef) -> Iterator[Finding]:
    decorators = [ast.unparse(decorator) for decorator in node.decorator_list]
    if sum(decorator.startswith("requires(") for decorator in decorators) != 1:
        yield Finding(source.path, node.lineno, f"{node.name} declares no single policy")
    if not any(
        decorator.startswith("dataclass(") and "frozen=True" in decorator
        for decorator in decorators
    ):
        yield Finding(source.path, node.lineno, f"{node.name} is no frozen dataclass")
    if snake_case(node.name) != file:
        yield Finding(
            source.path, node.lineno, f"{node.name} belongs in {snake_case(node.name)}.py"
        )
    if ("Command" in base_names(node)) != (folder == "commands"):
        yield Finding(source.path, node.lineno, f"{node.name} lies in the wrong folder")
    handlers = [other for other in classes(source) if other.name.endswith("Handler")]
    if [handler.name for handler in handlers] != [f"{node.name}Handler"]:
        yield Finding(source.path, node.lineno, f"{node.name} has not one handler beside it")
    for handler in handlers:
        if not any(
            isinstance(method, ast.AsyncFunctionDef) and method.name == "handle"
            for method in handler.body
        ):
            yield Finding(source.path, handler.lineno, f"{handler.name} handles nothing")


_USE_CASE: Final = re.compile(
    r"workout_application\.(?!messaging\.)(\w+)\.(commands|queries|reactions)\.(\w+)"
)


def use_cases_do_not_know_one_another(source: Source) -> Iterator[Finding]:
    """Commands, queries and reactions share steps by services and functions, not by each other."""
    own = source.module
    if not _USE_CASE.fullmatch(own):
        return
    for name, line in imports(source.tree):
        found = _USE_CASE.match(name)
        if found and found[0] != own:
            yield Finding(source.path, line, f"imports {name}")


_NAIVE: Final = {"utcnow", "utcfromtimestamp"}
_NEEDS_ZONE: Final = {"now": 1, "fromtimestamp": 2, "datetime": 8}


def no_naive_instant(source: Source) -> Iterator[Finding]:
    """Every instant knows its zone."""
    known = {name for name, _ in imports(source.tree) if name.startswith("datetime")}
    if not known:
        return
    for name, call in calls(source.tree):
        zone = any(keyword.arg in {"tz", "tzinfo", None} for keyword in call.keywords)
        arguments = 99 if any(isinstance(one, ast.Starred) for one in call.args) else len(call.args)
        receiver = ast.unparse(call.func)
        of_datetime = receiver in {name, f"datetime.{name}", f"datetime.datetime.{name}"}
        if name in _NAIVE and of_datetime:
            yield Finding(source.path, call.lineno, f"{receiver} is naive")
        if name in _NEEDS_ZONE and of_datetime and not zone and arguments < _NEEDS_ZONE[name]:
            yield Finding(source.path, call.lineno, f"{receiver}() names no zone")


def everything_public_is_described(source: Source) -> Iterator[Finding]:
    """Modules, classes and functions that others may use have a docstring."""
    if ast.get_docstring(source.tree) is None:
        yield Finding(source.path, 1, "the module has no docstring")
    yield from _undescribed(source, source.tree.body)


def _undescribed(source: Source, body: list[ast.stmt]) -> Iterator[Finding]:
    for node in body:
        if not isinstance(node, ast.ClassDef | FunctionNode) or node.name.startswith("_"):
            continue
        if ast.get_docstring(node) is None and not _is_overload(node):
            yield Finding(source.path, node.lineno, f"{node.name} has no docstring")
        if isinstance(node, ast.ClassDef):
            yield from _undescribed(source, node.body)


def _is_overload(node: ast.ClassDef | FunctionNode) -> bool:
    return any(ast.unparse(decorator) == "overload" for decorator in node.decorator_list)


def aggregates_change_by_their_verbs_only(source: Source) -> Iterator[Finding]:
    """Nobody sets an attribute of a loaded thing, and the domain has no property that is set."""
    if source.is_below("workout_domain"):
        yield from _setters(source)
    if source.is_below("workout_application"):
        for node in nodes(source.tree):
            for target in _attributes(_targets(node)):
                receiver = ast.unparse(target.value)
                if receiver not in {"self", "cls", "message_type"}:
                    yield Finding(source.path, target.lineno, f"sets {receiver}.{target.attr}")


def _setters(source: Source) -> Iterator[Finding]:
    for node in nodes(source.tree):
        decorators = node.decorator_list if isinstance(node, FunctionNode) else []
        if any(ast.unparse(decorator).endswith(".setter") for decorator in decorators):
            yield Finding(source.path, decorators[0].lineno, "can be set")


def _targets(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Assign):
        return node.targets
    return [node.target] if isinstance(node, ast.AugAssign | ast.AnnAssign) else []


def _attributes(targets: list[ast.expr]) -> Iterator[ast.Attribute]:
    for target in targets:
        inner = target.elts if isinstance(target, ast.Tuple) else [target]
        yield from (one for one in inner if isinstance(one, ast.Attribute))


_FORBIDDEN_IN_TESTS: Final = re.compile(
    r"time\.sleep|unittest(\..*)?|pytest_mock(\..*)?"
    r"|pytest\.(skip|xfail|importorskip|mark\.(skip|skipif|xfail))"
)


def tests_neither_skip_nor_sleep_nor_mock(source: Source) -> Iterator[Finding]:
    """A test runs, decides by itself, and meets our own code."""
    for name, line in dict.fromkeys(references(source.tree)):
        if _FORBIDDEN_IN_TESTS.fullmatch(name):
            yield Finding(source.path, line, f"uses {name}")


LINTS_OF_THE_PRODUCT: Final[tuple[Lint, ...]] = (
    no_clock_and_no_chance,
    only_the_unit_of_work_commits,
    no_sql_and_no_http_inside,
    controllers_parse_send_and_present,
    one_message_one_file,
    use_cases_do_not_know_one_another,
    no_naive_instant,
    everything_public_is_described,
    aggregates_change_by_their_verbs_only,
)
LINTS_OF_THE_TESTS: Final[tuple[Lint, ...]] = (
    tests_neither_skip_nor_sleep_nor_mock,
    no_naive_instant,
)
