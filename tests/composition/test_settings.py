"""Settings come from the environment; a mistake stops the start with a sentence."""

import os
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from secrets import token_urlsafe

import pytest
from pydantic import ValidationError

from workout_presentation.composition.container import build_container
from workout_presentation.composition.identity import sign_in_rules
from workout_presentation.composition.mail import can_send, mail_folder
from workout_presentation.composition.settings import (
    LOCAL_SECRET,
    Environment,
    Settings,
    SettingsWrong,
    load_settings,
)

GOOD_SECRET = "0123456789abcdef0123456789abcdef"
Environ = Callable[..., None]


@pytest.fixture
def environ(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Environ:
    """Return what sets variables in an environment that has none of the product's."""
    for name in [name for name in os.environ if name.startswith("WORKOUT_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)

    def set_(**values: str) -> None:
        for name, value in values.items():
            monkeypatch.setenv(f"WORKOUT_{name.upper()}", value)

    return set_


@pytest.mark.requirement("ARC-16")
def test_the_environment_alone_is_enough(environ: Environ) -> None:
    environ(jwt_secret=GOOD_SECRET, database_url="postgresql://u@h/d", port="9000")

    settings = load_settings()

    assert settings.environment is Environment.PRODUCTION
    assert (settings.port, settings.database_url) == (9000, "postgresql://u@h/d")
    assert settings.jwt_secret.get_secret_value() == GOOD_SECRET


@pytest.mark.requirement("ARC-16")
def test_production_without_a_secret_does_not_start(environ: Environ) -> None:
    environ(environment="production")

    with pytest.raises(SettingsWrong, match="WORKOUT_JWT_SECRET is required"):
        load_settings()


@pytest.mark.requirement("ARC-16")
def test_the_secret_of_local_mode_is_refused_in_production(environ: Environ) -> None:
    environ(jwt_secret=LOCAL_SECRET)

    with pytest.raises(SettingsWrong, match="must not be the one of local mode"):
        load_settings()


@pytest.mark.parametrize("secret", ["short", "x" * 31, "ä" * 15])
def test_a_secret_of_fewer_than_32_bytes_is_refused_anywhere(environ: Environ, secret: str) -> None:
    environ(environment="local", jwt_secret=secret)

    with pytest.raises(SettingsWrong, match="at least 32 bytes"):
        load_settings()


def test_the_length_of_a_secret_is_counted_in_bytes(environ: Environ) -> None:
    environ(environment="local", jwt_secret="ä" * 16)

    assert load_settings().jwt_secret.get_secret_value() == "ä" * 16


@pytest.mark.parametrize("environment", ["local", "test"])
def test_elsewhere_there_is_a_secret_and_no_confirmation_of_addresses(
    environ: Environ, environment: str
) -> None:
    environ(environment=environment)

    settings = load_settings()

    assert settings.jwt_secret.get_secret_value() == LOCAL_SECRET
    assert settings.require_confirmed_email is False


def test_in_production_addresses_are_confirmed_unless_said_otherwise(environ: Environ) -> None:
    environ(jwt_secret=GOOD_SECRET)
    by_default = load_settings().require_confirmed_email
    environ(require_confirmed_email="false")

    assert by_default is True
    assert load_settings().require_confirmed_email is False


def test_an_unknown_setting_stops_the_start_and_is_named(environ: Environ) -> None:
    environ(environment="local", prot="9000", jwt_secrets="x")

    with pytest.raises(
        SettingsWrong, match=r"^Unknown setting: WORKOUT_JWT_SECRETS, WORKOUT_PROT\.$"
    ):
        load_settings()


def test_an_unknown_setting_in_the_file_stops_the_start_too(environ: Environ) -> None:
    environ(environment="local")
    Path(".env").write_text("WORKOUT_PROT=9000\nOTHER=1\n", encoding="utf-8")

    with pytest.raises(SettingsWrong, match="Unknown setting: WORKOUT_PROT"):
        load_settings()


@pytest.mark.requirement("ARC-16")
def test_the_environment_overrides_the_file(environ: Environ) -> None:
    environ(environment="local", port="9001")
    lines = "WORKOUT_PORT=9000\nWORKOUT_HOST=0.0.0.0\nOTHER=1\n"
    Path(".env").write_text(lines, encoding="utf-8")

    settings = load_settings()

    assert (settings.port, settings.host) == (9001, "0.0.0.0")  # noqa: S104 - only read


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", "many"),
        ("port", "70000"),
        ("environment", "staging"),
        ("access_token_minutes", "0"),
        ("refresh_token_days", "0"),
        ("pool_size", "1"),
        ("rate_limits", "perhaps"),
    ],
)
def test_a_value_that_will_not_do_is_told_by_name_and_without_the_value(
    environ: Environ, name: str, value: str
) -> None:
    environ(**{"environment": "local", name: value})

    with pytest.raises(SettingsWrong) as told:
        load_settings()

    assert str(told.value).startswith(f"WORKOUT_{name.upper()}: ")


def test_a_secret_is_never_shown(environ: Environ) -> None:
    environ(jwt_secret=GOOD_SECRET)

    assert GOOD_SECRET not in repr(load_settings())


def test_settings_do_not_change(environ: Environ) -> None:
    environ(environment="local")
    settings = load_settings()

    with pytest.raises(ValidationError):
        settings.port = 1


@pytest.mark.requirement("IAM-11")
def test_tokens_live_as_long_as_the_settings_say(environ: Environ) -> None:
    environ(environment="local")
    default = sign_in_rules(load_settings())
    environ(access_token_minutes="5", refresh_token_days="2", refresh_reuse_grace_seconds="9")

    changed = sign_in_rules(load_settings())

    assert (default.access_lifetime, default.refresh_lifetime) == (
        timedelta(minutes=60),
        timedelta(days=7),
    )
    assert (changed.access_lifetime, changed.refresh_lifetime, changed.reuse_grace) == (
        timedelta(minutes=5),
        timedelta(days=2),
        timedelta(seconds=9),
    )


@pytest.mark.requirement("IAM-11")
def test_secret_issuer_and_audience_of_tokens_are_settings(environ: Environ) -> None:
    environ(environment="local", jwt_issuer="us", jwt_audience="them", jwt_secret=GOOD_SECRET)
    container = build_container(load_settings())
    ids = container.identifiers()
    token = container.tokens().access_token(
        user_id=ids.new(), username="a", email="b", roles=[], session_id=ids.new()
    )

    assert container.tokens().verify(token).expires_at > 0
    assert container.settings().jwt_issuer == "us"


def test_every_setting_says_what_it_does() -> None:
    undocumented = [name for name, field in Settings.model_fields.items() if not field.description]

    assert undocumented == []


# the perimeter

RANDOM = "nT3vXq8-Zk1Lw7RbYc5Ed0Hs2JmGu9Pa"
WEAK = [
    "x" * 32,
    "abababababababababababababababab",
    "123456789" * 5,
    "change-me-change-me-change-me-now",
    "CHANGE_ME_0123456789abcdefghijklm",
    "please replace me with some bytes",
    "your-secret-key-goes-here-1234567890",
    "my-secret-for-this-deployment-only!",
    "P-a-s-s-w-o-r-d-1234567890-abcdefg",
    "at least 32 random bytes, example",
]


@pytest.mark.requirement("SEC-05")
@pytest.mark.parametrize("secret", WEAK)
@pytest.mark.parametrize("name", ["jwt_secret", "jwt_retired_secrets"])
def test_a_weak_secret_stops_the_start_in_production_and_is_not_repeated(
    environ: Environ, name: str, secret: str
) -> None:
    environ(**{"jwt_secret": RANDOM, name: secret.replace(",", ";")})

    with pytest.raises(SettingsWrong, match=f"WORKOUT_{name.upper()} must") as told:
        load_settings()

    assert secret not in str(told.value)
    assert told.value.__cause__ is None or secret not in str(told.value.__cause__)


@pytest.mark.requirement("SEC-05")
@pytest.mark.parametrize("secret", [*WEAK, LOCAL_SECRET])
def test_on_ones_own_machine_it_may_be_weak(environ: Environ, secret: str) -> None:
    environ(environment="local", jwt_secret=secret)

    assert load_settings().jwt_secret.get_secret_value() == secret


@pytest.mark.requirement("SEC-05")
def test_secrets_as_the_documents_say_to_make_them_are_strong_enough(environ: Environ) -> None:
    for _ in range(200):
        environ(jwt_secret=token_urlsafe(48))
        assert load_settings().environment is Environment.PRODUCTION


@pytest.mark.requirement("SEC-05")
@pytest.mark.parametrize("path", ["README.md", "docs", "k8s"])
def test_no_secret_the_documents_show_would_do(environ: Environ, path: str) -> None:
    root = Path(__file__).resolve().parents[2] / path
    files = [root] if root.is_file() else [one for one in root.rglob("*") if one.is_file()]
    shown = {
        found
        for file in files
        for found in re.findall(
            r"JWT_(?:RETIRED_)?SECRETS?[=:]\s*['\"]?([^\s'\"`$<]{32,})", _text(file)
        )
    }

    for secret in shown:
        environ(jwt_secret=secret)
        with pytest.raises(SettingsWrong):
            load_settings()


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace")


def test_a_retired_secret_is_long_enough_too(environ: Environ) -> None:
    environ(environment="local", jwt_retired_secrets=f"{RANDOM}, short")

    with pytest.raises(SettingsWrong, match="WORKOUT_JWT_RETIRED_SECRETS must have at least 32"):
        load_settings()


def test_lists_are_split_at_commas(environ: Environ) -> None:
    environ(
        environment="local",
        jwt_retired_secrets=f"{RANDOM}, {RANDOM[::-1]},",
        trusted_proxies="10.0.0.0/8, 2001:db8::1",
        cors_origins=" https://a.example ,http://localhost:5173",
    )
    settings = load_settings()

    assert settings.retired_secrets == (RANDOM, RANDOM[::-1])
    assert settings.proxies == ("10.0.0.0/8", "2001:db8::1")
    assert settings.origins == ("https://a.example", "http://localhost:5173")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("trusted_proxies", "*"),
        ("trusted_proxies", "ingress.local"),
        ("trusted_proxies", "10.0.0.0/8, 300.1.1.1"),
        ("trusted_proxies", "10.0.0.1/8"),
        ("cors_origins", "*"),
        ("cors_origins", "https://*.example"),
        ("cors_origins", "app.example"),
        ("cors_origins", "https://app.example/"),
        ("cors_origins", "https://app.example/path"),
        ("cors_origins", "https://App.example"),
        ("cors_origins", "https://app.example:443"),
        ("cors_origins", "https://app.example:port"),
        ("cors_origins", "https://user@app.example"),
        ("cors_origins", "https://"),
        ("cors_origins", "null"),
        ("cors_origins", "ftp://app.example"),
        ("rate_limit_sign_in", "often"),
        ("rate_limit_sign_in", "0/minute"),
        ("rate_limit_export", "1/second;5/hour"),
        ("security_contact", "somebody@example.com"),
        ("security_contact", "mailto:a@example.com\nExpires: never"),
    ],
)
def test_what_is_not_of_the_perimeter_stops_the_start(
    environ: Environ, name: str, value: str
) -> None:
    environ(**{"environment": "local", name: value})

    with pytest.raises(SettingsWrong, match=f"^WORKOUT_{name.upper()}: "):
        load_settings()


@pytest.mark.parametrize(("text", "is_on"), [("on", True), ("off", False)])
def test_limits_are_switched_by_a_word(environ: Environ, text: str, is_on: bool) -> None:
    environ(environment="local", rate_limits=text)

    assert load_settings().rate_limits is is_on


@pytest.mark.requirement("SEC-05")
def test_nothing_secret_is_shown_with_the_settings(environ: Environ) -> None:
    address = "://somebody:{}@somewhere/".format("hidden")
    environ(
        environment="local",
        jwt_retired_secrets=RANDOM,
        database_url=f"postgresql{address}",
        database_read_url=f"postgresql{address}",
        redis_url=f"redis{address}",
        smtp_url=f"smtp{address}",
        mail_from="no-reply@example.com",
        log_url=f"https{address}",
    )

    shown = repr(load_settings())

    assert "hidden" not in shown
    assert RANDOM not in shown


MAIL = {"smtp_url": "smtp://me:pass-word@mail.example.com", "mail_from": "W <w@example.com>"}


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"smtp_url": "smtp://me:pass-word@h:x", "mail_from": "w@example.com"}, "WORKOUT_SMTP_URL"),
        ({"smtp_url": "pass-word", "mail_from": "w@example.com"}, "WORKOUT_SMTP_URL"),
        ({"smtp_url": MAIL["smtp_url"]}, "WORKOUT_MAIL_FROM is required"),
        ({**MAIL, "mail_dir": "mail"}, "not both"),
        ({"mail_from": "nobody"}, "WORKOUT_MAIL_FROM must be"),
        ({"mail_from": "A <a@b.at>\nBcc: c@d.at"}, "WORKOUT_MAIL_FROM must be"),
        ({"oidc_issuer": "https://issuer.example.com"}, "go together"),
        ({"oidc_client_id": "us"}, "go together"),
        ({"oidc_issuer": "http://issuer.example.com", "oidc_client_id": "us"}, "with https"),
        ({"oidc_issuer": "ftp://issuer.example.com", "oidc_client_id": "us"}, "WORKOUT_OIDC_ISS"),
    ],
)
def test_mail_and_issuer_are_whole_or_stop_the_start(
    environ: Environ, settings: dict[str, str], sentence: str
) -> None:
    environ(jwt_secret=GOOD_SECRET, **settings)

    with pytest.raises(SettingsWrong, match=sentence) as told:
        load_settings()

    assert "pass-word" not in str(told.value)


def test_the_password_of_the_mail_server_is_never_shown(environ: Environ) -> None:
    environ(jwt_secret=GOOD_SECRET, **MAIL)
    settings = load_settings()

    assert "pass-word" not in repr(settings)
    assert can_send(settings)


def test_mails_lie_in_local_mode_s_folder_and_nowhere_in_production(environ: Environ) -> None:
    environ(environment="local", data_dir="/srv/here")
    local = load_settings()
    environ(environment="production", jwt_secret=GOOD_SECRET)
    production = load_settings()

    assert mail_folder(local) == Path("/srv/here/mail")
    assert can_send(local)
    assert mail_folder(production) is None
    assert not can_send(production)
