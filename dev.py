#!/usr/bin/env python3
"""Set up, run and test desk_app: `python3 dev.py demo`, `python3 dev.py test`.

Needs Python 3.11 or newer with pip, nothing else. Everything it fetches goes into
`.tools` and `.venv-3.x` beside this file, in the versions that uv.lock names.
"""

from __future__ import annotations

import argparse
import os
import shutil
import ssl
import subprocess
import sys
import sysconfig
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desk_app.screen import Library

ROOT = Path(__file__).resolve().parent
UV_VERSION = "0.13.9"
OLDEST_PYTHON = (3, 11)
PYTHON = f"{sys.version_info[0]}.{sys.version_info[1]}"
WINDOWS = sys.platform == "win32"
VENV = ROOT / f".venv-{PYTHON}"
VENV_BIN = VENV / ("Scripts" if WINDOWS else "bin")

OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}
SETUP_FAILED = 3
LIBRARIES_MISSING = 4

CHECKS = (
    ("ruff format", ["ruff", "format", "--check", "."]),
    ("ruff check", ["ruff", "check", "."]),
    ("mypy", ["mypy"]),
    ("import-linter", ["lint-imports"]),
)


class SetupError(Exception):
    """Something outside this folder has to be put right first."""

    def __init__(self, words: str, code: int = SETUP_FAILED) -> None:
        super().__init__(words)
        self.code = code


def main() -> int:
    """Do what the command line says and return its exit code."""
    if sys.version_info[:2] < OLDEST_PYTHON:
        print(f"desk_app needs Python 3.11 or newer; this is Python {PYTHON}.")
        return SETUP_FAILED
    parser = argparse.ArgumentParser(description=__doc__, usage="dev.py COMMAND ...")
    commands = {
        "demo": (demo, "open the demo practice"),
        "run": (run, "run desk-app with the options given"),
        "picture": (picture, "draw the demo into the FILE given"),
        "test": (test, "run every check and test; options go to pytest"),
        "bench": (bench, "run the benchmarks; a name runs some of them"),
        "build": (build, "build the folder that runs without Python"),
        "setup": (setup, "only fetch what is needed"),
    }
    listed = "; ".join(f"{name}: {words}" for name, (_, words) in commands.items())
    parser.add_argument("command", choices=commands, metavar="COMMAND", help=listed)
    # What follows the command is for the program that the command starts.
    known = parser.parse_args(sys.argv[1:2])
    try:
        return commands[known.command][0](sys.argv[2:])
    except SetupError as error:
        print(f"dev.py: {error}", file=sys.stderr)
        return error.code
    except KeyboardInterrupt:
        return 130


def demo(arguments: list[str]) -> int:
    """Open the demo practice."""
    return run(["--demo", *arguments])


def picture(arguments: list[str]) -> int:
    """Draw the demo into a file."""
    return run(["--demo", "--picture", *arguments])


def run(arguments: list[str]) -> int:
    """Run desk-app in the folder the person is in."""
    drawn_only = any(word.startswith("--picture") for word in arguments)
    require_libraries(to_show=not drawn_only and has_screen())
    sync("--no-default-groups", "--inexact")
    return hand_over([venv_python(), "-m", "desk_app", *arguments], cwd=Path.cwd())


def test(arguments: list[str]) -> int:
    """Run every check in order; stop at the first that fails."""
    require_libraries(to_build=True)
    sync()
    for name, command in CHECKS:
        failed = check(name, [str(VENV_BIN / command[0]), *command[1:]])
        if failed:
            return failed
    return pytest([*parallel(arguments), *arguments])


def bench(arguments: list[str]) -> int:
    """Run the benchmarks, one after the other."""
    require_libraries()
    sync()
    return hand_over([venv_python(), "-m", "tests.benchmarks", *arguments])


def build(arguments: list[str]) -> int:
    """Build dist/desk-app with PyInstaller."""
    require_libraries(to_show=True, to_build=True)
    sync()
    return hand_over(
        [venv_python(), "-m", "PyInstaller", "--noconfirm", "build.spec", *arguments]
    )


def setup(_arguments: list[str]) -> int:
    """Fetch what is needed and nothing else."""
    require_libraries(to_show=has_screen())
    sync()
    return 0


def check(name: str, command: list[str]) -> int:
    """Run one check; show what it says only when it fails."""
    started = time.monotonic()
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    verdict = "failed" if done.returncode else "ok"
    print(f"{name:<14} {verdict:<7} {time.monotonic() - started:5.1f} s", flush=True)
    if done.returncode:
        sys.stdout.buffer.write(done.stdout)
        sys.stdout.flush()
    return done.returncode


def pytest(arguments: list[str]) -> int:
    """Run pytest without a screen; its closing line is the last word."""
    return hand_over([venv_python(), "-m", "pytest", *arguments], extra=OFFSCREEN)


def parallel(arguments: list[str]) -> list[str]:
    """Two tests at a time, unless the person says otherwise."""
    said = any(word.startswith(("-n", "--numprocesses")) for word in arguments)
    return [] if said or "no:xdist" in arguments else ["-n", "2", "--dist=loadgroup"]


def call(command: list[str]) -> int:
    """Run a command of the set-up, seen by the person; return its exit code."""
    return subprocess.run(command, cwd=ROOT, env=environment(), check=False).returncode


def hand_over(
    command: list[str], cwd: Path = ROOT, extra: dict[str, str] | None = None
) -> int:
    """Let a command take the place of this one; return its exit code.

    It then gets the signals itself: Ctrl+C lets a desk close its database.
    """
    env = environment(extra)
    if not WINDOWS:
        sys.stdout.flush()
        os.chdir(cwd)
        os.execve(command[0], command, env)  # noqa: S606 - no shell is meant
    return subprocess.run(command, cwd=cwd, env=env, check=False).returncode


def venv_python() -> str:
    """Return the Python that has everything the lock file names."""
    return str(VENV_BIN / ("python.exe" if WINDOWS else "python"))


def sync(*options: str) -> None:
    """Make the virtual environment what uv.lock says."""
    uv = find_uv()
    if VENV.is_dir():
        options = ("--quiet", *options)
    else:
        print(f"Setting up {VENV.name} (once) ...", flush=True)
        # A second now spares one at each start where Python may not write its caches.
        options = ("--compile-bytecode", *options)
    done = call([uv, "sync", "--frozen", "--no-install-project", *options])
    if done:
        raise SetupError("uv could not fetch what uv.lock names; see above.")


def find_uv() -> str:
    """Return uv: the one on PATH when it is new enough, else the pinned one."""
    on_path = shutil.which("uv")
    if on_path and uv_version(on_path) >= version_of(UV_VERSION):
        return on_path
    folder = ROOT / ".tools" / f"uv-{UV_VERSION}"
    own = folder / "bin" / ("uv.exe" if WINDOWS else "uv")
    if not own.exists():
        fetch_uv(folder)
    return str(own)


def fetch_uv(folder: Path) -> None:
    """Install the pinned uv with pip, without touching the system's packages."""
    print(f"Fetching uv {UV_VERSION} (once) ...", flush=True)
    draft = folder.with_name(f"{folder.name}.{os.getpid()}")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-input"]
    pip += ["--disable-pip-version-check", "--target", str(draft), f"uv=={UV_VERSION}"]
    if call(pip):
        shutil.rmtree(draft, ignore_errors=True)
        raise SetupError(
            "pip could not fetch uv; on Debian: apt-get install python3-pip"
        )
    if folder.exists():
        shutil.rmtree(folder)
    draft.rename(folder)


def uv_version(uv: str) -> tuple[int, ...]:
    """Return the version of a uv program, () when it does not run."""
    try:
        said = subprocess.run([uv, "--version"], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ()
    words = said.stdout.decode("utf-8", "replace").split()
    return version_of(words[1]) if len(words) > 1 else ()


def version_of(text: str) -> tuple[int, ...]:
    """Return "0.13.9" as numbers; what is not a number ends them."""
    numbers = []
    for part in text.split("."):
        if not part.isdigit():
            break
        numbers.append(int(part))
    return tuple(numbers)


def has_screen() -> bool:
    """Say whether a window is wanted and this machine names a screen for it."""
    from desk_app import screen

    named = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return bool(named) and screen.needs_screen(os.environ)


def require_libraries(*, to_show: bool = False, to_build: bool = False) -> None:
    """See that what the system has to bring is there; install it when we may."""
    missing = missing_libraries(to_show=to_show, to_build=to_build)
    if not missing:
        return
    from desk_app import screen

    files = ", ".join(library.file for library in missing)
    command = screen.apt_command(missing)
    if not shutil.which("apt-get"):
        raise SetupError(f"this system lacks {files}", LIBRARIES_MISSING)
    if os.geteuid() == 0:
        apt_get(command)
    if missing_libraries(to_show=to_show, to_build=to_build):
        line = f"sudo {' '.join(command)}"
        words = f"this system lacks {files}. Please run:"
        raise SetupError(f"{words}\n\n    {line}\n", LIBRARIES_MISSING)


def missing_libraries(*, to_show: bool, to_build: bool) -> list[Library]:
    """Return what Qt lacks to draw, or to show; and PyInstaller to build."""
    from desk_app import screen

    missing = list(screen.missing_libraries(to_show=to_show))
    if to_build and sys.platform == "linux":
        own = str(sysconfig.get_config_var("INSTSONAME"))
        if ".so" in own and not screen.loads(own):
            missing.append(screen.Library(own, f"libpython{PYTHON}"))
        if not shutil.which("objdump"):
            missing.append(screen.Library("objdump", "binutils"))
    return missing


def apt_get(command: list[str]) -> None:
    """Run an apt-get command; with fresh package lists when the old ones fail."""
    print(f"Installing what is missing: {' '.join(command)}", flush=True)
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    log = ROOT / ".tools" / "apt.log"
    log.parent.mkdir(exist_ok=True)
    steps = (command, ["apt-get", "update"], command)
    with log.open("wb") as output:
        for step in steps:
            done = subprocess.run(
                step, env=environment(quiet), stdout=output, stderr=output, check=False
            )
            if step is command and not done.returncode:
                return
    print(log.read_text("utf-8", "replace")[-2000:], file=sys.stderr)


def environment(extra: dict[str, str] | None = None) -> dict[str, str]:
    """Return the environment of every program that is started from here."""
    env = dict(os.environ)
    env.pop("VIRTUAL_ENV", None)
    env.pop("PYTHONHOME", None)
    env.update(
        UV_PYTHON=sys.executable,
        UV_PYTHON_DOWNLOADS="never",
        UV_PROJECT_ENVIRONMENT=str(VENV),
        PYTHONPATH=str(ROOT),
        PYTHONSAFEPATH="1",
        PYTHONUTF8="1",
        PIP_USER="0",
        PIP_ROOT_USER_ACTION="ignore",
    )
    if has_certificates():
        # As pip does: a practice's own certificate authority is trusted here as well.
        env.setdefault("UV_SYSTEM_CERTS", "1")
    env.update(homeless_caches(env))
    if sys.platform == "linux":
        env.update(utf8_locale(env))
    env.update(extra or {})
    return env


def has_certificates() -> bool:
    """Say whether this computer has certificates of its own to trust."""
    known = ssl.get_default_verify_paths()
    return sys.platform != "linux" or bool(known.cafile or known.capath)


def homeless_caches(env: dict[str, str]) -> dict[str, str]:
    """Return a cache folder of our own where the person has no home to write to."""
    cache = Path(env.get("XDG_CACHE_HOME") or Path(env.get("HOME", ""), ".cache"))
    nearest = next((p for p in (cache, *cache.parents) if p.exists()), ROOT)
    if WINDOWS or (cache.is_absolute() and nearest.is_dir() and writable(nearest)):
        return {}
    return {"XDG_CACHE_HOME": str(ROOT / ".tools" / "cache")}


def writable(folder: Path) -> bool:
    """Say whether files can be made in `folder`."""
    return os.access(folder, os.W_OK | os.X_OK)


def utf8_locale(env: dict[str, str]) -> dict[str, str]:
    """Return what makes the locale UTF-8; Qt grumbles about any other."""
    for name in ("LC_ALL", "LC_CTYPE", "LANG"):
        if env.get(name):
            wanted = "utf8" in env[name].lower().replace("-", "")
            return {} if wanted else {name: "C.UTF-8"}
    return {"LC_CTYPE": "C.UTF-8"}


if __name__ == "__main__":
    sys.exit(main())
