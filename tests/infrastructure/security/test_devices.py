"""What user agents say about devices."""

import pytest

from workout_infrastructure.security.devices import read_user_agent

WEBKIT = "AppleWebKit/605.1.15 (KHTML, like Gecko)"


@pytest.mark.requirement("IAM-21")
@pytest.mark.parametrize(
    ("text", "device_type", "platform"),
    [
        (f"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) {WEBKIT}", "mobile", "iOS"),
        (f"Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) {WEBKIT}", "tablet", "iOS"),
        ("Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/126.0 Mobile", "mobile", "Android"),
        ("Mozilla/5.0 (Linux; Android 13; SM-X700) Chrome/120.0", "tablet", "Android"),
        ("Dalvik/2.1.0 (Linux; U; Android 14; Pixel 8 Build/UD1A)", "mobile", "Android"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0", "desktop", "Windows"),
        (f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {WEBKIT}", "desktop", "macOS"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:126.0) Gecko", "desktop", "Linux"),
        ("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) Chrome/126.0", "desktop", "Chrome OS"),
        (
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            "bot",
            "other",
        ),
        ("python-httpx/0.27", "other", "other"),
        ("", "other", "other"),
        ("(" * 512, "other", "other"),
    ],
)
def test_device_and_platform_are_read(text: str, device_type: str, platform: str) -> None:
    agent = read_user_agent(text)

    assert (agent.device_type, agent.platform) == (device_type, platform)
