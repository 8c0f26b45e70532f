#!/bin/sh
# Finishes the root file system of a run image. mmdebstrap runs it outside of that root, whose path is the first argument.
set -eu
root="$1"

chroot "$root" groupadd --gid 1000 heroku
chroot "$root" useradd --uid 1000 --gid 1000 --home-dir /app --no-create-home --shell /bin/bash heroku

install -d -m 0755 -o 1000 -g 1000 "$root/app" "$root/layers" "$root/workspace"
install -d -m 0755 "$root/cnb"

# Caches and logs that the next installation makes anew, and that would differ between two images of the same packages.
rm -rf "$root"/var/cache/apt/*.bin "$root"/var/cache/debconf/*-old "$root"/var/lib/dpkg/*-old "$root"/var/log/*.log "$root"/var/log/apt
