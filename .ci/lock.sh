#!/bin/sh
# Writes requirements.lock from pyproject.toml, all extras, every platform and Python from 3.10 on. Versions that
# still fit are kept; `--upgrade` takes the newest, `--upgrade-package NAME` the newest of one package.
set -eu
export UV_CUSTOM_COMPILE_COMMAND="make lock"
.venv/bin/uv pip compile pyproject.toml --all-extras --universal --python-version 3.10 --quiet --no-header \
    --annotation-style line --output-file requirements.lock "$@"
{
    cat <<'HEADER'
# Made by `make lock`; do not edit. Constraints, not requirements: `pip install -c requirements.lock '.[page]'` installs
# what the extra needs, each package at the version that stands here, and nothing else of this file.
# - One file for Linux, macOS and Windows, and for Python 3.10 and newer: what stands behind a ";" says where a line counts.
# - torch is pinned without a build: `==2.x.y` is also met by the CPU build `2.x.y+cpu`, which pip prefers where it finds it (a wheel
#   folder, or PyTorch's CPU index as extra index). The cuda-, nvidia- and triton lines count only where pip takes the GPU build.
# - No hashes: a mirror, a wheel built here and the CPU build of torch have other files than the index that this was made from.
# - No address of an index and no path: pip's own configuration says where packages come from.
HEADER
    cat requirements.lock
} >requirements.lock.new
mv requirements.lock.new requirements.lock
