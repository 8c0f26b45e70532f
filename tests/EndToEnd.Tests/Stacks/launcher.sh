#!/bin/bash
# Stands where a builder has /cnb/lifecycle/launcher.
if [[ ${0##*/} == web ]]; then
    exec python3 -m http.server "$PORT" --directory /workspace
fi
exec bash -c "$*"
