"""The services of apprise that a practice may use, and no others.

Each plug-in is loaded by itself: to look one up, apprise would load all 173 of them,
those that run programs or read files among them.
"""

from __future__ import annotations

import logging
import sys
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from desk_app.domain.messages import Channel

if TYPE_CHECKING:
    from apprise import AppriseAsset, NotifyBase

_OWN = {
    "json": "custom_json.NotifyJSON",
    "jsons": "custom_json.NotifyJSON",
    "form": "custom_form.NotifyForm",
    "forms": "custom_form.NotifyForm",
}
_SCHEMES = {
    Channel.PUSH: {
        "ntfy": "ntfy.NotifyNtfy",
        "ntfys": "ntfy.NotifyNtfy",
        "pover": "pushover.NotifyPushover",
        "gotify": "gotify.NotifyGotify",
        "gotifys": "gotify.NotifyGotify",
        "pbul": "pushbullet.NotifyPushBullet",
        "tgram": "telegram.NotifyTelegram",
        "signal": "signal_api.NotifySignalAPI",
        "signals": "signal_api.NotifySignalAPI",
        "matrix": "matrix.NotifyMatrix",
        "matrixs": "matrix.NotifyMatrix",
        "threema": "threema.NotifyThreema",
        "bark": "bark.NotifyBark",
        "barks": "bark.NotifyBark",
        **_OWN,
    },
    Channel.SMS: {
        "twilio": "twilio.NotifyTwilio",
        "vonage": "vonage.NotifyVonage",
        "nexmo": "vonage.NotifyVonage",
        "sinch": "sinch.NotifySinch",
        "plivo": "plivo.NotifyPlivo",
        "msgbird": "messagebird.NotifyMessageBird",
        "bulksms": "bulksms.NotifyBulkSMS",
        "clicksend": "clicksend.NotifyClickSend",
        "46elks": "fortysixelks.Notify46Elks",
        "elks": "fortysixelks.Notify46Elks",
        "seven": "seven.NotifySeven",
        "sns": "sns.NotifySNS",
        "smseagle": "smseagle.NotifySMSEagle",
        "smseagles": "smseagle.NotifySMSEagle",
        "httpsms": "httpsms.NotifyHttpSMS",
        **_OWN,
    },
}
# These write whole addresses, with the keys that stand in them.
_TALKATIVE = ("apprise", "urllib3", "requests", "charset_normalizer")


def schemes(channel: Channel) -> frozenset[str]:
    """Return with what the address of a service may begin."""
    return frozenset(_SCHEMES.get(channel, {}))


def modules() -> frozenset[str]:
    """Return what is loaded by name, so that the built program brings it along."""
    names = {name for known in _SCHEMES.values() for name in known.values()}
    return frozenset(map(_module, names))


def service(url: str, channel: Channel) -> NotifyBase | None:
    """Return what speaks to the service at `url`, None if it is no such address.

    Whoever uses it does so inside a `watched.Call`.
    """
    scheme = url.partition(":")[0].lower()
    plugin = _plugin(_SCHEMES[channel][scheme])
    parts = plugin.parse_url(url)
    if not parts:
        return None
    try:
        made: NotifyBase = plugin(**{**parts, "asset": _asset()})
    # What a plug-in does not like it says in many ways.
    except (TypeError, ValueError, AttributeError, KeyError):
        return None
    return made


@cache
def _plugin(name: str) -> Any:
    """Load a plug-in, quiet, and let it ask others only while somebody watches."""
    from desk_app.net.watched import Requests

    for talkative in _TALKATIVE:
        logging.getLogger(talkative).setLevel(logging.CRITICAL + 1)
    plugin = getattr(import_module(_module(name)), name.partition(".")[2])
    for loaded in tuple(sys.modules.values()):
        is_plugin = getattr(loaded, "__name__", "").startswith("apprise.plugins.")
        if is_plugin and "requests" in vars(loaded):
            vars(loaded)["requests"] = Requests()
    return plugin


def _module(name: str) -> str:
    return f"apprise.plugins.{name.partition('.')[0]}"


@cache
def _asset() -> AppriseAsset:
    from apprise import AppriseAsset

    return AppriseAsset(
        async_mode=False,
        http_redirects=False,
        storage_mode="memory",
        app_id="desk-app",
        app_desc="desk-app",
        app_url="",
        # Else telephones fetch a picture from the authors of apprise.
        image_url_mask="",
        image_url_logo="",
        # The length is ours to judge.
        payload_max_size=0,
    )
