#!/bin/sh
# Makes .venv and installs what is named, at the versions of requirements.lock: "." for reading, searching and answering,
# ".[page]" with an extra.
# Says in one sentence what is missing.
set -eu

fail() {
    echo "$1" >&2
    exit 2
}

[ -w . ] || fail "This folder is read-only; copy the project to a folder you may write to. 此文件夹只读，请把项目复制到可写的位置。"

python=""
for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11 python3.10 python; do
    if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))' 2>/dev/null; then
        python=$candidate
        break
    fi
done
[ -n "$python" ] || fail "Python 3.10 or newer with venv is needed (Debian: apt install python3-venv). 需要 Python 3.10 以上（含 venv）。"

if [ ! -x .venv/bin/python ]; then
    free=$(df -Pk . | awk 'NR == 2 { print $4 }')
    [ "$free" -gt 3000000 ] || fail "The disk is nearly full: about 3 GB are needed here. 磁盘空间不足，需要约 3 GB。"
    echo "Making .venv and installing (once, a few minutes) … 正在安装（仅首次，需几分钟）…"
    "$python" -m venv .venv || fail "The virtual environment could not be made in .venv. 无法创建虚拟环境 .venv。"
fi
.venv/bin/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e "$1" ||
    fail "Installing failed (see above): check the network and the disk, then run the same command again. 安装失败，请检查网络和磁盘后重试。"
