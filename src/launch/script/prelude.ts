import { helperFolders } from '../programs.ts'

/** Functions that every script has; readable and plain POSIX (dash, busybox). */
export const prelude = `
umask 077
PATH=$PATH:${helperFolders.join(':')}

fail() {
  printf '%s\\n' "$0: $1" >&2
  exit 1
}

# listening SOCKET: somebody takes clients there
listening() { grep -F " $1" /proc/net/unix | grep -q ' 00010000 '; }

# need KIND PATH WHAT HINT
need() {
  case $1 in
    program) command -v "$2" >/dev/null 2>&1 && return ;;
    readable) [ -r "$2" ] && return ;;
    writable) [ -r "$2" ] && [ -w "$2" ] && return ;;
    folder) [ -d "$2" ] && [ -w "$2" ] && return ;;
    pipe) [ -p "$2" ] || [ -p "$2.in" ] && return ;;
    absent) [ ! -e "$2" ] && return ;;
    free) listening "$2" || return 0 ;;
  esac
  printf '%s\\n' "$0: $2 ($1) is not as it must be: it is needed as $3. $4" >&2
  lacking=yes
}

# end PID: kindly, and by force after 3 seconds
end() {
  [ -n "$1" ] || return 0
  kill -s TERM "$1" 2>/dev/null || return 0
  tries=0
  while kill -s 0 "$1" 2>/dev/null; do
    tries=$((tries + 1))
    [ "$tries" -lt 30 ] || kill -s KILL "$1" 2>/dev/null || :
    [ "$tries" -lt 60 ] || return 0
    sleep 0.1
  done
}`

/** Functions for helpers that must listen before QEMU connects. */
export const helperFunctions = `
# listens NAME PID SOCKET
listens() {
  tries=0
  until listening "$3"; do
    kill -s 0 "$2" 2>/dev/null || fail "$1 ended before it listened"
    tries=$((tries + 1))
    [ "$tries" -lt 300 ] || fail "$1 does not listen on $3"
    sleep 0.1
  done
}`

/** Functions for host functions that change their driver. */
export const rebindFunctions = `
# bind_to ADDRESS DRIVER OLD-DRIVER
bind_to() {
  device=/sys/bus/pci/devices/$1
  echo "$2" >"$device/driver_override"
  [ -z "$3" ] || echo "$1" >"$device/driver/unbind"
  echo "$1" >/sys/bus/pci/drivers_probe
  [ "$(driver_of "$1")" = "$2" ] || fail "$1 is not driven by $2"
}

give_back() {
  device=/sys/bus/pci/devices/$1
  echo >"$device/driver_override"
  echo "$1" >"$device/driver/unbind"
  [ -z "$2" ] || echo "$1" >"/sys/bus/pci/drivers/$2/bind"
}

driver_of() {
  [ ! -e "/sys/bus/pci/devices/$1/driver" ] || basename "$(readlink "/sys/bus/pci/devices/$1/driver")"
}`

/** Functions for threads that are pinned: QEMU names them. */
export const pinFunctions = `
# pin CPUS NAME: the thread of QEMU whose name begins so
pin() {
  for task in /proc/"$qemu"/task/*; do
    read -r name <"$task/comm"
    case $name in
      "$2"*) taskset -p -c "$1" "\${task##*/}" >/dev/null || fail "a thread cannot run on the CPUs $1" ;;
    esac
  done
}`
