"""What threads beside the event loop have in common."""

import os
import sys
import threading
from typing import Final

POLITENESS: Final = 10


def give_way() -> None:
    """Let this thread come after the event loop where processors are short."""
    # On Linux every thread has a priority of its own; elsewhere it would be the whole process's.
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), POLITENESS)
