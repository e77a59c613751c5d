#!/usr/bin/env bash
# What the tests need besides the .NET SDK. Installs what is missing on Debian and Ubuntu as root; elsewhere says what to install.
# Both test projects run it before their first test; quick when nothing is missing.
set -uo pipefail
exec 9>"${TMPDIR:-/tmp}/bastion-provision.lock"
command -v flock >/dev/null && flock 9

missing=()
need() { # command, package
    command -v "$1" >/dev/null 2>&1 || [ -x "/usr/sbin/$1" ] || missing+=("$2")
}
need sshd openssh-server
need ssh openssh-client
need tmux tmux
need vim vim
need top procps
need zstd zstd
need zbarimg zbar-tools
need slapd slapd
need openssl openssl
need node nodejs
need npm npm
need mariadbd mariadb-server
need runuser util-linux
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
[ "${#missing[@]}" -eq 0 ] && exit 0

if [ ! -f /etc/debian_version ] || [ "$(id -u)" -ne 0 ]; then
    echo "The tests need programs that are not here. Install: ${missing[*]}" >&2
    exit 1
fi
# The tests start servers of their own; the packages' must not start by themselves
if [ ! -e /usr/sbin/policy-rc.d ]; then
    printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
    chmod 755 /usr/sbin/policy-rc.d
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
fi
export DEBIAN_FRONTEND=noninteractive
# No server that comes along (slapd) starts by itself
if [ ! -e /usr/sbin/policy-rc.d ]; then
    printf '#!/bin/sh\nexit 101\n' > /usr/sbin/policy-rc.d && chmod 755 /usr/sbin/policy-rc.d
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
fi
{ apt-get update -q && apt-get install -q -y --no-install-recommends "${missing[@]}"; } >&2
