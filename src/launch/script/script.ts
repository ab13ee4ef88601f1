import { sourcesOf } from '../../argv/explain.ts'
import { type From, joinPieces } from '../../argv/piece.ts'
import { printShell } from '../../argv/print.ts'
import { shellQuote } from '../../argv/quote.ts'
import type { LineIndex } from '../../diagnostic/position.ts'
import type { Origins } from '../../origin/origin.ts'
import type { LaunchPlan } from '../plan.ts'
import { talkFunctions, writeDialogue } from './dialogue.ts'
import { helperFunctions, pinFunctions, prelude, rebindFunctions } from './prelude.ts'
import { variablesOf, type Written, writeStep } from './steps.ts'

export interface ScriptOptions {
  /** Where the domain was read, for comments. */
  readonly file: string
  readonly origins: Origins
  readonly lines: LineIndex
  /** The key that secrets of the command line are sealed with. */
  readonly masterKey: Uint8Array
}

/** A plan as a POSIX shell script that does it, and undoes it at its end. */
export function printScript(plan: LaunchPlan, { file, origins, lines, masterKey }: ScriptOptions): string {
  const comment = (what: string, from: From) => {
    const place = sourcesOf(from, origins, lines).find((it) => it.kind === 'xml')
    const where = place?.kind === 'xml' ? ` (${file}:${place.line} ${place.path})` : ''
    return oneLine(`# ${what}${where}`)
  }
  const { runtime } = plan.folders
  const key = holdsSealed(plan) ? masterKey : undefined
  const written = plan.steps.map((step, number) => writeStep(step, { runtime, masterKey: key, number }))
  const variables = variablesOf(written)
  const kinds = new Set<string>([...plan.steps, ...plan.dialogue].map(({ kind }) => kind))
  const parts = [
    head(plan, file, holdsSecrets(plan)),
    prelude,
    kinds.has('helper') ? helperFunctions : '',
    kinds.has('rebind') ? rebindFunctions : '',
    kinds.has('pin') ? pinFunctions : '',
    talkFunctions(plan),
    finish(plan, written, variables),
    '\n# What must be there\nlacking=',
    ...plan.needs.map((it) => `need ${it.kind} ${[it.path, it.what, it.hint].map(shellQuote).join(' ')}`),
    '[ -z "$lacking" ] || exit 1',
    ownFolder(runtime),
    ...plan.steps.map((step, index) => `\n${comment(step.what, step.from)}\n${written[index]!.done.join('\n')}`),
    qemu(plan),
    '\n# Before the guest runs',
    `await '"QMP"' || fail "QEMU does not greet: $line"`,
    `ask '{"execute": "qmp_capabilities"}'`,
    ...plan.dialogue.map((step) => `${comment(step.what, step.from)}\n${writeDialogue(step)}`),
    loop,
  ]
  return `${parts.filter((part) => part !== '').join('\n')}\n`
}

const oneLine = (text: string) => text.replace(/[\r\n]+/g, ' ')

/** True where something on the command line is encrypted with the guest's key. */
export function holdsSealed({ line }: LaunchPlan): boolean {
  return line.args.some(({ pieces }) => /"?keyid"?[:=]"?masterKey0/.test(joinPieces(pieces)))
}

/** True where the script tells a secret to whoever reads it. */
export function holdsSecrets(plan: LaunchPlan): boolean {
  const told = plan.dialogue.some((it) => it.kind === 'qmp' && it.secret === true)
  const kept = plan.steps.some((it) => it.kind === 'file' && it.content.kind === 'secret')
  const shown = plan.line.args.some(({ pieces }) => pieces.some(({ redacted }) => redacted !== undefined))
  return told || kept || shown || holdsSealed(plan)
}

function head({ name, differences }: LaunchPlan, file: string, secret: boolean): string {
  const lines = [
    `Starts the guest ${name} of ${file} without libvirt, stays with it, and undoes all of it at the end.`,
    'Ctrl-C asks the guest to power down; once more ends it at once.',
    ...(secret ? ['It holds secrets of the guest: keep it to yourself.'] : []),
    ...differences.map(({ what }) => `- ${what}`),
  ]
  return `#!/bin/sh\n${lines.map((line) => oneLine(`# ${line}`)).join('\n')}\nset -eu`
}

function finish(
  { needs, folders: { runtime } }: LaunchPlan,
  written: readonly Written[],
  variables: readonly string[],
): string {
  const undone = [...written].reverse().flatMap((it) => it.undone)
  const lines = [
    `trap '' HUP INT TERM`,
    'end "$qemu"',
    ...needs.flatMap(({ kind, path }) => (kind === 'free' ? [`[ -z "$own" ] || rm -f -- ${shellQuote(path)}`] : [])),
    ...undone,
    `[ -z "$own" ] || rm -rf -- ${shellQuote(runtime)}`,
    `rmdir -- ${shellQuote(runtime.slice(0, runtime.lastIndexOf('/')))} 2>/dev/null || :`,
  ]
  return `
# Whatever was started or made last goes first.
finish() {
  set +e
${lines.map((line) => `  ${line}`).join('\n')}
}

own='' qemu='' running='' asked=0${variables.map((name) => ` ${name}=''`).join('')}
trap finish EXIT
trap interrupted HUP INT TERM`
}

function ownFolder(runtime: string): string {
  const folder = shellQuote(runtime)
  return `
# The guest's own folder: a second start of it finds it taken.
mkdir -p -- ${shellQuote(runtime.slice(0, runtime.lastIndexOf('/')))}
mkdir -- ${folder} || fail 'this guest runs already, or was killed: see '${folder}
own=yes`
}

/** QEMU in a session of its own: Ctrl-C is for this script. It speaks QMP on a pair of pipes, too. */
function qemu({ line, folders: { runtime } }: LaunchPlan): string {
  const pipe = `${runtime}/script`
  const own = [
    `-chardev ${shellQuote(`pipe,id=charscript,path=${pipe.replaceAll(',', ',,')}`)}`,
    '-mon chardev=charscript,mode=control',
  ]
  const environment = line.environment.map(({ name, pieces }) => `${name}=${shellQuote(joinPieces(pieces))} \\`)
  const plain = printShell({ ...line, environment: [] }).trimEnd()
  const command = ['env -i \\', ...environment, `setsid ${plain} \\`, `${own.join(' \\\n')}`].join('\n')
  return `
# QEMU, as libvirt would run it but for the pipes
mkfifo -- ${shellQuote(`${pipe}.in`)} ${shellQuote(`${pipe}.out`)}
exec 8<>${shellQuote(`${pipe}.out`)} 9<>${shellQuote(`${pipe}.in`)}
(
  trap '' HUP INT TERM
  set +e
  ${command.replaceAll('\n', '\n    ')} 8>&- 9>&- </dev/null &
  printf '%s\\n' "pid $!" >&8
  wait $!
  printf '%s\\n' "ended $?" >&8
) &`
}

const loop = `running=yes

# Until QEMU has ended
while :; do
  read -r line <&8 || continue
  heard "$line"
done`
