"""Gives a test run its folder for servers, and stops them at the end.

Register it with `pytest_plugins = ["tests.plugins.servers"]` in the top `conftest.py`; tests ask
`tests.servers.test_servers()`. Nothing is started for a run that does not ask.
"""

import pytest

from tests.servers import ServersFolder

_FOLDER = pytest.StashKey[ServersFolder]()


def pytest_configure(config: pytest.Config) -> None:
    """Reserve the folder in the controller, before workers inherit its environment."""
    if not hasattr(config, "workerinput"):
        config.stash[_FOLDER] = ServersFolder(config.rootpath)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the servers in the controller, after the workers have ended."""
    folder = config.stash.get(_FOLDER, None)
    if folder is not None:
        folder.release()
