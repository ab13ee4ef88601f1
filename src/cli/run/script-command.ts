import { type Diagnostic, hasErrors } from '../../diagnostic/diagnostic.ts'
import { LineIndex } from '../../diagnostic/position.ts'
import type { LaunchPlan } from '../../launch/plan.ts'
import { holdsSecrets, printScript } from '../../launch/script/script.ts'
import { status } from '../status.ts'
import { type LaunchFlags, loadLaunch } from './load.ts'
import { tell } from './run-command.ts'

/** @returns 1 where there is no script for the domain */
export async function scriptCommand(file: string, flags: LaunchFlags): Promise<number> {
  const loaded = await loadLaunch(file, flags)
  const { plan, diagnostics, origins, text, name, masterKey } = loaded
  const all = plan === undefined ? diagnostics : [...diagnostics, ...checkScript(plan)]
  tell(loaded, all)
  if (plan === undefined || hasErrors(all)) return status.errors
  process.stdout.write(printScript(plan, { file: name, origins, lines: new LineIndex(text), masterKey: masterKey.key }))
  return status.fine
}

/** A shell opens descriptors of one digit, and two of them carry the dialogue. */
const mostDescriptors = 7

/** What a shell cannot do, and that a script tells secrets. */
function checkScript({ dialogue, steps, ...plan }: LaunchPlan): Diagnostic[] {
  const found: Diagnostic[] = []
  const refuse = (code: string, message: string) =>
    found.push({ code: `launch/${code}`, severity: 'error', when: 'start', message, hint: 'Use domxml run.' })
  if (dialogue.some(({ kind }) => kind === 'plug-cpu')) {
    refuse('script-cpu', 'CPUs that are plugged after the start need an answer of QEMU that a shell cannot read.')
  }
  if (steps.some((it) => it.kind === 'descriptor' && it.fd > mostDescriptors)) {
    refuse('script-descriptors', 'A shell cannot hand over so many open devices.')
  }
  if (holdsSecrets({ dialogue, steps, ...plan })) {
    found.push({
      code: 'launch/script-secret',
      severity: 'warning',
      message: 'The script holds secrets of the guest.',
      hint: 'Keep it to yourself, or use domxml run.',
    })
  }
  return found
}
