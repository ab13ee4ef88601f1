import { accessSync, constants, existsSync } from 'node:fs'
import { sourcesOf } from '../../argv/explain.ts'
import type { Diagnostic } from '../../diagnostic/diagnostic.ts'
import { LineIndex } from '../../diagnostic/position.ts'
import type { LaunchPlan, Need } from '../../launch/plan.ts'
import type { Launched } from '../../launch.ts'
import { listens } from './listens.ts'
import { findProgram } from './programs.ts'

/** What is wrong with a need; undefined where it is met. */
type Check = (path: string, made: ReadonlySet<string>) => string | undefined

const may = (path: string, mode: number): boolean => {
  try {
    accessSync(path, mode)
    return true
  } catch {
    return false
  }
}

function access(path: string, mode: number, verb: string): string | undefined {
  if (!existsSync(path)) return 'is not there'
  return may(path, mode) ? undefined : `cannot be ${verb} by this user`
}

const checks: { readonly [K in Need['kind']]: Check } = {
  program: (path) => (findProgram(path) === undefined ? 'is not installed' : undefined),
  readable: (path) => access(path, constants.R_OK, 'read'),
  writable: (path) => access(path, constants.R_OK | constants.W_OK, 'written'),
  folder: (path, made) => (made.has(path) ? undefined : access(path, constants.W_OK | constants.X_OK, 'written')),
  pipe: (path) =>
    existsSync(path) || (existsSync(`${path}.in`) && existsSync(`${path}.out`)) ? undefined : 'is not there',
  absent: (path) => (existsSync(path) ? 'is there already' : undefined),
  // A file that a killed process has left is no hindrance.
  free: (path) => (listens(path) ? 'is taken: somebody listens on it' : undefined),
}

/**
 * What a plan needs and this machine has not, all at once, each with its place in the domain.
 * Raises `launch/missing-program`, `launch/missing-file`, `launch/taken`.
 */
export function checkNeeds(plan: LaunchPlan, { origins, text }: Launched): Diagnostic[] {
  const made = new Set(plan.steps.flatMap((it) => (it.kind === 'folder' ? [it.path] : [])))
  const lines = new LineIndex(text)
  const diagnostics: Diagnostic[] = []
  const add = (need: Need, problem: string) => {
    const code =
      need.kind === 'program'
        ? 'missing-program'
        : need.kind === 'absent' || need.kind === 'free'
          ? 'taken'
          : 'missing-file'
    const source = sourcesOf(need.from, origins, lines).find((it) => it.kind === 'xml')
    const span = spanOf(need, origins)
    diagnostics.push({
      code: `launch/${code}`,
      severity: 'error',
      when: 'start',
      message: `${need.path} ${problem}; it is needed as ${need.what}.`,
      hint: need.hint,
      ...(source?.kind === 'xml' && { path: source.path }),
      ...(span && { span }),
    })
  }
  for (const need of plan.needs) {
    const problem = checks[need.kind](need.path, made)
    if (problem !== undefined) add(need, problem)
  }
  for (const step of plan.steps) {
    if (step.kind !== 'file' || step.content.kind !== 'copy' || existsSync(step.path)) continue
    const problem = checks.readable(step.content.of, made)
    if (problem === undefined) continue
    add(
      {
        kind: 'readable',
        path: step.content.of,
        what: `the template of ${step.what}`,
        from: step.from,
        hint: 'Install it.',
      },
      problem,
    )
  }
  return diagnostics
}

function spanOf({ from }: Need, origins: Launched['origins']) {
  if (from.kind !== 'field') return undefined
  const field = from.fields[0]
  return field === undefined ? undefined : origins.placeOf(from.owner, field)?.span
}
