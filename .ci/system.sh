#!/bin/sh
# What make needs from the system.
#   system.sh pango       the libraries WeasyPrint loads; stops when they cannot be had
#   system.sh venv DIR    a virtual environment with Python 3.11 or newer
#   system.sh judges      browser and outside PDF tools for the tests; goes on without them outside CI
# Root on Debian or Ubuntu: missing packages are installed. Anybody else is told the one line to type.
set -eu

say() { printf '%s\n' "$*" >&2; }

# install WHAT-FOR PACKAGE...: installs, or says what to type and fails.
install() {
    what=$1
    shift
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        say "$what: apt-get install $*"
        # One line of log is enough when it works; all of it when it does not.
        log=$(mktemp)
        if ! { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; } >"$log" 2>&1
        then
            cat "$log" >&2
            rm -f "$log"
            say "$what: 安装失败（上面是 apt 的话）。Could not be installed; apt's words are above."
            return 1
        fi
        rm -f "$log"
    else
        say "$what: 缺少系统软件包，请先敲 / system packages are missing, please type:"
        say "    sudo apt-get install -y $*"
        return 1
    fi
}

# python: prints the name of a Python that is new enough.
python() {
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null 2>&1 &&
            "$name" -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null; then
            printf '%s\n' "$name"
            return
        fi
    done
    return 1
}

need_python() {
    python >/dev/null && return
    if command -v python3 >/dev/null 2>&1; then
        say "需要 Python 3.11 或更新，这里是 $(python3 --version 2>&1)。Python 3.11 or newer is needed."
        say "    sudo apt-get install -y python3.11 python3.11-venv"
        exit 1
    fi
    install Python python3 python3-venv
    python >/dev/null
}

pango() {
    need_python
    missing=$("$(python)" - <<'END'
import ctypes
wanted = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
for file, package in wanted.items():
    try:
        ctypes.CDLL(file)
    except OSError:
        print(package)
END
    )
    # shellcheck disable=SC2086  # one word per package
    [ -z "$missing" ] || install Pango $missing
}

venv() {
    need_python
    python=$(python)
    [ -x "$1/bin/python" ] && "$1/bin/python" -m pip --version >/dev/null 2>&1 && return
    if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
        install venv "$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
    fi
    rm -rf "$1"
    "$python" -m venv "$1"
}

# browser: prints the name of a Chromium that runs. Ubuntu's chromium-browser only says that it wants a snap.
browser() {
    for name in chromium google-chrome google-chrome-stable chromium-browser; do
        if command -v "$name" >/dev/null 2>&1 && "$name" --version >/dev/null 2>&1; then
            printf '%s\n' "$name"
            return
        fi
    done
    return 1
}

judges() {
    missing=
    for pair in gs:ghostscript pdftotext:poppler-utils mutool:mupdf-tools qpdf:qpdf; do
        command -v "${pair%%:*}" >/dev/null 2>&1 || missing="$missing ${pair#*:}"
    done
    if ! browser >/dev/null; then
        if grep -qs '^ID=ubuntu$' /etc/os-release; then
            say "Ubuntu 的 chromium 只有 snap 版：装了 google-chrome-stable 才测预览页，现在跳过。"
            say "Ubuntu has chromium only as a snap: the preview's browser tests are skipped without google-chrome-stable."
        else
            missing="$missing chromium"
        fi
    fi
    [ -n "$missing" ] || return 0
    # shellcheck disable=SC2086
    install judges $missing && return
    [ -z "${CI:-}" ] || exit 1
    say "没有它们也能测，只是要跳过几项。The tests run without them, but skip some."
}

case ${1:-} in
pango) pango ;;
venv) venv "$2" ;;
judges) judges ;;
*)
    say "system.sh pango | venv DIR | judges"
    exit 2
    ;;
esac
