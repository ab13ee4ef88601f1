import { sourcesOf } from '../argv/explain.ts'
import type { From } from '../argv/piece.ts'
import { type JsonCommandLine, toJson } from '../argv/print.ts'
import { redactedProse } from '../diagnostic/mask.ts'
import type { LineIndex } from '../diagnostic/position.ts'
import type { Origins } from '../origin/origin.ts'
import type { DialogueStep, LaunchPlan, Step } from './plan.ts'

export interface ExplainedPlan {
  readonly name: string
  readonly folders: LaunchPlan['folders']
  readonly needs: readonly object[]
  readonly steps: readonly object[]
  readonly qemu: JsonCommandLine
  readonly monitor: string
  readonly dialogue: readonly object[]
  readonly console?: string
  readonly lifecycle: LaunchPlan['lifecycle']
  readonly undo: readonly object[]
  readonly differences: readonly object[]
}

/** A plan as plain JSON, secrets as `***`, with the place in the source of each part (schemas/launch.schema.json). */
export function explainPlan(plan: LaunchPlan, origins: Origins, lines: LineIndex): ExplainedPlan {
  const sourced = <T extends { readonly from: From }>({ from, ...rest }: T) => ({
    ...rest,
    sources: sourcesOf(from, origins, lines),
  })
  const { name, folders, needs, steps, line, monitor, dialogue, lifecycle, differences, console } = plan
  return hidden({
    name,
    folders,
    needs: needs.map(sourced),
    steps: steps.map((step) => sourced(shown(step))),
    qemu: toJson(line, { redact: true }),
    monitor,
    dialogue: dialogue.map((step) => sourced(said(step))),
    ...(console !== undefined && { console }),
    lifecycle,
    undo: undoOf(plan),
    differences: differences.map(sourced),
  })
}

/** The same with secrets hidden that stand in its texts, such as the login in the URL of an image. */
function hidden<T>(value: T): T {
  if (typeof value === 'string') return redactedProse(value) as T
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(hidden) as T
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, hidden(inner)])) as T
}

/** A step without the bytes of a secret. */
function shown(step: Step): Step | (Omit<Step & { kind: 'file' }, 'content'> & { content: object }) {
  if (step.kind !== 'file' || step.content.kind !== 'secret') return step
  return { ...step, content: { kind: 'secret' } }
}

function said(step: DialogueStep): DialogueStep {
  return step.kind === 'qmp' && step.secret ? { ...step, arguments: { hidden: '***' } } : step
}

interface Undone {
  readonly kind: 'end' | 'remove' | 'command' | 'give-back'
  readonly [key: string]: unknown
}

/** What is undone at the end, in order: whatever was started or made last goes first. */
export function undoOf({ steps, needs }: LaunchPlan): Undone[] {
  const sockets = needs.flatMap(({ kind, path }): Undone[] => (kind === 'free' ? [{ kind: 'remove', path }] : []))
  return [{ kind: 'end', name: 'QEMU' }, ...sockets, ...steps.flatMap(undoOfStep).reverse()]
}

function undoOfStep(step: Step): Undone[] {
  switch (step.kind) {
    case 'folder':
    case 'file':
      return step.lasting ? [] : [{ kind: 'remove', path: step.path }]
    case 'helper':
      return [
        { kind: 'remove', path: step.socket },
        { kind: 'end', name: step.name },
      ]
    case 'command':
      return step.undo ? [{ kind: 'command', argv: step.undo }] : []
    case 'rebind':
      return [{ kind: 'give-back', address: step.address, driver: step.driver }]
    case 'descriptor':
      return []
  }
}
