#!/bin/bash
# Keeps the sshd processes of one rehearsal. Orders come on standard input; when that ends, for whatever
# reason (also kill -9 of the rehearsal), everything that was started here ends, and its folder goes.
run=$1 sshd=$2 isolate=$3
login_home=$(eval echo "~$(id -un)")
started=

# Job control: without it a shell makes background jobs ignore SIGINT, and so would every command of every session
set -m

launch() {
    local host=$run/$1
    if [ "$isolate" = yes ]; then
        unshare --uts --mount bash -c \
            'hostname "$1" && mount --bind "$2/home" "$3" && cd / && exec "$4" -D -e -f "$2/sshd_config"' \
            bash "$(cat "$host/name")" "$host" "$login_home" "$sshd" </dev/null >/dev/null 2>"$host/log" &
    else
        "$sshd" -D -e -f "$host/sshd_config" </dev/null >/dev/null 2>"$host/log" &
    fi
    started="$started $!"
    echo $!
}

# "pid ppid" of every process
processes() {
    if [ -r /proc/self/status ]; then
        grep -shE '^PP?id:' /proc/[0-9]*/status | awk '$1 == "Pid:" { pid = $2 } $1 == "PPid:" { print pid, $2 }'
    else
        ps -A -o pid= -o ppid=
    fi
}

# The given processes and all their descendants
trees() {
    processes | awk -v roots="$*" '
        { children[$2] = children[$2] " " $1 }
        END {
            count = split(roots, all, " ")
            for (i = 1; i <= count; i++) {
                print all[i]
                found = split(children[all[i]], more, " ")
                for (j = 1; j <= found; j++) all[++count] = more[j]
            }
        }'
}

# Sessions carry a mark in their environment: finds what cut itself loose from its parents
strays() { grep -slF "$1" /proc/[0-9]*/environ | cut -d/ -f3; }

finish() {
    local mark=$1 pids
    shift
    pids=$(trees "$@")
    # shellcheck disable=SC2086
    [ -n "$pids" ] && kill -KILL $pids
    for _ in 1 2 3 4 5; do
        pids=$(strays "$mark")
        [ -n "$pids" ] || break
        # shellcheck disable=SC2086
        kill -KILL $pids
    done
    wait "$@"
}

while read -r order what; do
    case $order in
        start) launch "$what" ;;
        stop)
            host=${what#* } pid=${what%% *}
            finish "BASTION_SANDBOX_HOST=$run/$host/" "$pid" 2>/dev/null
            started=" $started "
            started=${started/ $pid / }
            echo stopped
            ;;
    esac
done

# shellcheck disable=SC2086
[ -n "${started// /}" ] && finish "BASTION_SANDBOX_HOST=$run/" $started 2>/dev/null
rm -rf "$run"
