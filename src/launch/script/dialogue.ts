import { shellQuote } from '../../argv/quote.ts'
import type { DialogueStep, LaunchPlan, LifecycleAction, PinStep } from '../plan.ts'

/** QEMU's names of its threads (QEMU: -name debug-threads=on). */
function threadName(thread: Exclude<PinStep['thread'], 'emulator'>): string {
  return 'vcpu' in thread ? `CPU ${thread.vcpu}/` : `IO ${thread.iothread}`.slice(0, 15)
}

export function writeDialogue(step: DialogueStep): string {
  switch (step.kind) {
    case 'qmp': {
      const text = JSON.stringify({ execute: step.execute, ...(step.arguments && { arguments: step.arguments }) })
      return `${step.optional ? 'tell' : 'ask'} ${shellQuote(text)}`
    }
    case 'pin':
      if (step.thread === 'emulator') return `taskset -p -c ${step.cpus} "$qemu" >/dev/null`
      return `pin ${step.cpus} ${shellQuote(threadName(step.thread))}`
    case 'plug-cpu':
      throw new Error('a script cannot plug CPUs: checkScript has let it pass')
  }
}

const acts: { readonly [A in LifecycleAction]: string } = {
  destroy: `send '{"execute": "quit"}'`,
  restart: `send '{"execute": "system_reset"}'
      send '{"execute": "cont"}'`,
  preserve: ':',
}

/** Functions that speak with QEMU: it writes its answers and events to one pipe, and `ended STATUS` closes it. */
export function talkFunctions({ lifecycle }: LaunchPlan): string {
  const reset =
    lifecycle.reboot === lifecycle.poweroff
      ? ''
      : `
    *'"event": "SHUTDOWN"'*'"guest-reset"'*)
      ${acts[lifecycle.reboot]}
      ;;`
  return `
send() { printf '%s\\n' "$1" >&9; }

# heard LINE: what QEMU says by itself
heard() {
  case $1 in
    'ended '*) exit "\${1#ended }" ;;
    'pid '*) qemu=\${1#pid } ;;${reset}
    *'"event": "SHUTDOWN"'*)
      if [ "$asked" != 0 ]; then
        send '{"execute": "quit"}'
        return
      fi
      ${acts[lifecycle.poweroff]}
      ;;
    *'"event": "GUEST_PANICKED"'*)
      ${acts[lifecycle.crash]}
      ;;
  esac
}

# await PATTERN: until QEMU has said it
await() {
  while :; do
    read -r line <&8 || continue
    case $line in
      *"$1"*) return ;;
      *'"error": {'*) return 1 ;;
    esac
    heard "$line"
  done
}

ask() {
  send "$1"
  await '"return": ' || fail "QEMU refuses: $line"
}

tell() {
  send "$1"
  await '"return": ' || :
}

interrupted() {
  asked=$((asked + 1))
  if [ -z "$running" ]; then exit 130; fi
  case $asked in
    1)
      printf '%s\\n' 'The guest is asked to power down; once more ends it at once.' >&2
      send '{"execute": "system_powerdown"}'
      ;;
    2) send '{"execute": "quit"}' ;;
    *) kill -s KILL "$qemu" ;;
  esac
}`
}
