import { type Diagnostic, hasErrors } from '../../diagnostic/diagnostic.ts'
import { LineIndex } from '../../diagnostic/position.ts'
import { explainPlan } from '../../launch/explain.ts'
import { jsonText } from '../json-text.ts'
import { reportText, wantsColour } from '../report.ts'
import { status } from '../status.ts'
import { checkNeeds } from './check-needs.ts'
import { LaunchError } from './launch-error.ts'
import { type LaunchFlags, type Loaded, loadLaunch } from './load.ts'
import { planText } from './plan-text.ts'
import { Interrupted, runPlan } from './run-plan.ts'

export interface RunFlags extends LaunchFlags {
  readonly console?: boolean | undefined
  readonly dryRun?: boolean | undefined
  readonly format?: 'text' | 'json' | undefined
}

/** @returns QEMU's exit status; 1 where the domain cannot be started, 130 where the user ended the start */
export async function runCommand(file: string, flags: RunFlags): Promise<number> {
  const loaded = await loadLaunch(file, flags)
  const { plan } = loaded
  tell(loaded, loaded.diagnostics)
  if (plan === undefined || hasErrors(loaded.diagnostics)) return status.errors
  if (flags.dryRun) {
    const explained = explainPlan(plan, loaded.origins, new LineIndex(loaded.text))
    process.stdout.write(flags.format === 'json' ? jsonText(explained) : planText(explained, loaded.name))
    return status.fine
  }
  const missing = checkNeeds(plan, loaded)
  tell(loaded, missing)
  if (missing.length > 0) return status.errors
  const say = (text: string) => process.stderr.write(`domxml: ${text}\n`)
  say(`${plan.name} runs below ${plan.folders.runtime}; what lasts is kept below ${plan.folders.state}.`)
  for (const { what } of plan.differences.filter(({ kind }) => kind !== 'otherwise')) say(what)
  try {
    return await runPlan(plan, {
      masterKey: loaded.masterKey.key,
      console: flags.console === true,
      say,
      onStderr: (chunk) => process.stderr.write(chunk),
    })
  } catch (error) {
    if (error instanceof Interrupted) return interrupted
    if (!(error instanceof LaunchError)) throw error
    tell(loaded, [error.diagnostic])
    return status.errors
  }
}

/** 128 and SIGINT, as a shell says it. */
const interrupted = 130

export function tell({ name, text, origins }: Loaded, diagnostics: readonly Diagnostic[]): void {
  if (diagnostics.length === 0) return
  const reported = { name, text, diagnostics, secrets: origins.secrets }
  process.stderr.write(`${reportText(reported, wantsColour(process.stderr))}\n`)
}
