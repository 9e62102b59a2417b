"""Files that take the place of a desk's own: broken, hostile, or just enormous."""

from __future__ import annotations

from tests.hostile.texts import TEXTS

MEGABYTE = 1 << 20

# In place of settings.toml.
SETTINGS: dict[str, bytes] = {
    "empty": b"",
    "byte order mark": b"\xef\xbb\xbfzoom = 2\n",
    "UTF-16": "zoom = 2\n".encode("utf-16"),
    "binary": bytes(range(256)) * 40,
    "NUL": b"\0" * 100,
    "no line end": b"zoom = 2",
    "old Mac line ends": b"zoom = 2\rdemo = true\r",
    "one line of 20 MB": b'database = "' + b"a" * (20 * MEGABYTE) + b'"\n',
    "20 MB of lines": b"# nothing\n" * (2 * MEGABYTE),
    "nested 50000 deep": b"zoom = " + b"[" * 50_000,
    "nested tables": b"[a" + b".a" * 20_000 + b"]\n",
    "number of 5000 digits": b"zoom = " + b"9" * 5_000 + b"\n",
    "infinity": b"zoom = inf\n",
    "not a number": b"zoom = nan\n",
    "list for a text": b'database = ["postgresql://desk:pw@db/practice"]\n',
    "table for a text": b'[database]\npassword = "pw"\n',
    "text for a list": b'servers = "host=db"\n',
    "numbers in a list": b"servers = [1, 2]\n",
    "date for a number": b"zoom = 2027-02-30\n",
    "twice the same": b"zoom = 1\nzoom = 2\n",
    "unknown name": b'"\\u202e\\u0007evil" = 1\n',
    "NUL in a folder": b'data_folder = "/tmp/\\u0000x"\n',
    "home of nobody": b'data_folder = "~nobody-at-all/x"\n',
    "half a character": b'database = "\\ud800"\n',
    "theme of a megabyte": b'theme = "' + b"x" * 50_000 + b'"\n',
    "password in a URL": b'database = "postgresql://desk:pw@db/practice"\n',
    "password behind brackets": b'database = "postgresql://desk:pw@[::1/practice"\n',
    "password in twins of letters": 'database = "postgresql://d:pw@ℂ℀.c/x"\n'.encode(),
    **{
        f"text {text.name}": f"login = '''\n{text.text}'''\n".encode(errors="replace")
        for text in TEXTS
        if len(text.text) < MEGABYTE
    },
}

_VIEW = b"[practice]\nview="
# As Qt writes it, with a place that no screen has.
_FAR_AWAY = (
    b"[practice]\ngeometry=@ByteArray(\\x1\\xd9\\xd0\\xcb\\0\\x3\\0\\0"
    + b"\\x7f\\xff\\xff\\xff" * 12
    + b")\n"
)

# In place of window.ini.
WINDOW: dict[str, bytes] = {
    "empty": b"",
    "byte order mark": b"\xef\xbb\xbf[practice]\nview=week\n",
    "binary": bytes(range(256)) * 40,
    "one line of 20 MB": b"[practice]\nhidden=" + b"1," * (10 * MEGABYTE),
    "number of 5000 digits": b"[practice]\nweek_of=" + b"9" * 5_000 + b"\n",
    "numbers of elsewhere": "[practice]\nweek_of=٣\nhidden=٣, ४\n".encode(),
    "huge number": b"[practice]\nweek_of=99999999999999999999\nhidden=2147483648\n",
    "negative number": b"[practice]\nweek_of=-1\n",
    "geometry that is none": b"[practice]\ngeometry=@ByteArray(\\x1\\x2)\n",
    "geometry of a point": b"[practice]\ngeometry=@Point(1 2)\n",
    "geometry far away": _FAR_AWAY,
    "any kind of value": _VIEW + b"@Variant(\\0\\0\\0\\x7f\\0\\0\\0\\x5QFont\\0)\n",
    "picture as a value": _VIEW + b"@Variant(\\0\\0\\0\\x46\\0\\0\\0\\1\\x89PNG)\n",
    "list as a text": b"[practice]\nview=a, b, c\nrail=x, y\nhidden=@Invalid()\n",
    "sections in each other": b"[[practice]]\n[practice]\n[\nview=week\n",
    "escapes": b"[practice]\nview=\\x\\u\\777777777\\\n",
}
