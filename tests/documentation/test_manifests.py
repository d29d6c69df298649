"""The Kubernetes manifests ask for what the processes answer."""

from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from starlette.routing import Route

from tests.documentation.markdown import ROOT
from workout_presentation.api.health import health
from workout_presentation.composition.settings import PREFIX, Settings
from workout_presentation.worker.health import health_app

BASE: Final = ROOT / "k8s" / "base"


def _containers(name: str) -> list[dict[str, Any]]:
    documents = yaml.safe_load_all((BASE / name).read_text(encoding="utf-8"))
    return [
        container
        for document in documents
        if "template" in document.get("spec", {})
        for container in document["spec"]["template"]["spec"]["containers"]
    ]


def _probes(name: str) -> set[str]:
    kinds = ("startupProbe", "livenessProbe", "readinessProbe")
    return {one[kind]["httpGet"]["path"] for one in _containers(name) for kind in kinds}


async def _nothing() -> dict[str, bool]:
    return {}


def _paths(routes: list[Any]) -> set[str]:
    return {route.path for route in routes if isinstance(route, Route)}


def test_the_api_answers_every_probe_of_its_deployment() -> None:
    assert _probes("api.yaml") <= _paths(health.routes)


def test_the_worker_answers_every_probe_of_its_deployment() -> None:
    app = health_app(_nothing, lambda: b"")

    assert _probes("worker.yaml") <= _paths(app.routes)


@pytest.mark.parametrize("path", sorted((ROOT / "k8s").rglob("*.yaml")), ids=lambda path: path.stem)
def test_every_setting_of_a_config_map_exists(path: Path) -> None:
    for document in yaml.safe_load_all(path.read_text(encoding="utf-8")):
        if document["kind"] == "ConfigMap":
            names = {name.removeprefix(PREFIX).lower() for name in document["data"]}

            assert names <= Settings.model_fields.keys()
