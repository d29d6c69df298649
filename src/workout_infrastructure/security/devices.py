"""What a user agent says about the device: its kind and its platform, by ua-parser's rules."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ua_parser import parse

OTHER: Final = "other"
_PLATFORMS: Final = {"Mac OS X": "macOS", "Ubuntu": "Linux", "Fedora": "Linux", "Debian": "Linux"}
_HANDHELD: Final = frozenset({"iOS", "Android", "Windows Phone", "KaiOS", "HarmonyOS"})
_DESKTOP: Final = frozenset({"Windows", "macOS", "Linux", "Chrome OS", "FreeBSD"})
_TABLETS: Final = ("iPad", "Tablet", "Kindle", "Nexus 7", "Nexus 9", "Nexus 10", "SM-T", "SM-X")


@dataclass(frozen=True, slots=True)
class Agent:
    """``device_type`` is mobile, tablet, desktop, bot or other; ``platform`` is its system."""

    device_type: str
    platform: str


@lru_cache(maxsize=2048)
def read_user_agent(text: str) -> Agent:
    """Read a user agent; what is not known is ``other``."""
    found = parse(text)
    family = found.device.family if found.device else ""
    system = found.os.family if found.os else OTHER
    platform = _PLATFORMS.get(system, system)[:50]
    return Agent(_device_type(text, family, platform), platform)


def _device_type(text: str, family: str, platform: str) -> str:
    if family == "Spider":
        return "bot"
    if any(name in family or name in text for name in _TABLETS):
        return "tablet"
    if platform == "Android" and "Mobile" not in text and "Mozilla" in text:
        return "tablet"  # browsers on Android phones say Mobile, those on tablets do not
    if platform in _HANDHELD:
        return "mobile"
    return "desktop" if platform in _DESKTOP else OTHER
