#!/usr/bin/env bash
# What the action runs: annotations on standard output, a SARIF report where one is wanted, the status as an output.
set -uo pipefail

# A test, or a runner that has domxml already, names its own command.
if [ -n "${DOMXML_COMMAND:-}" ]; then
  read -r -a domxml <<<"$DOMXML_COMMAND"
else
  domxml=(npx --yes "domxml@${DOMXML_VERSION:-latest}")
fi

mapfile -t paths < <(printf '%s\n' "${DOMXML_PATHS:-.}" | sed -e 's/^[[:space:]]*//' -e 's/[[:space:]]*$//' -e '/^$/d')
read -r -a args <<<"${DOMXML_ARGS:-}"
sarif=${DOMXML_SARIF:-}
[ -z "$sarif" ] || args+=(--output "sarif=$sarif")

"${domxml[@]}" lint --format github ${args[@]+"${args[@]}"} -- "${paths[@]}"
status=$?

if [ -n "${GITHUB_OUTPUT:-}" ]; then
  {
    echo "status=$status"
    [ -z "$sarif" ] || echo "sarif=$sarif"
  } >>"$GITHUB_OUTPUT"
fi
exit "$status"
