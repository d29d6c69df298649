"""Figures of a running server, as `/metrics` shows them."""

from workout_presentation.composition.container import Container


def look_ups(container: Container, category: str, result: str, component: str = "") -> float:
    """Return how many look-ups of kept answers went so, of one component or of all."""
    wanted = {"category": category, "result": result}
    if component:
        wanted["component"] = component
    [family] = container.metrics().cache.collect()
    return sum(
        sample.value
        for sample in family.samples
        if sample.name.endswith("_total") and wanted.items() <= sample.labels.items()
    )
