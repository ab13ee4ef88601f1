import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Host } from '../../src/host/host.ts'
import { planOf } from './planned.ts'

const folder = fileURLToPath(new URL('plans/', import.meta.url))

/** A golden plan is `CASE.user.plan` or `CASE.root.plan` beside its domain `CASE.xml`: the start as a user, and as root. */
export const planCases = readdirSync(folder)
  .filter((file) => file.endsWith('.xml'))
  .flatMap((file) => ['user', 'root'].map((who) => [file.slice(0, -'.xml'.length), who] as const))

/** What the plans ask of a host beside what a generic one knows. */
const host: Partial<Host> = { autoNodeset: '0', standing: () => 'described' }

export const goldenOf = (name: string, who: string): string => `${folder}${name}.${who}.plan`

export const readGolden = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '')

/** The whole plan but its command line: a part a line, each with the place in the XML, or the rule, that it comes from. */
export async function planText(name: string, who: string): Promise<string> {
  const source = readFileSync(`${folder}${name}.xml`, 'utf8')
  const { explained, codes, plan } = await planOf(source, { privileged: who === 'root', host })
  if (explained === undefined) return `refused: ${codes.join(' ')}\n`
  const { needs, steps, undo, dialogue, differences } = explained
  const parts = { needs, steps, undo, dialogue, differences }
  const lines = Object.entries(parts).flatMap(([title, list]) => [title, ...list.map((part) => `  ${lineOf(part)}`)])
  return [...lines, `lifecycle ${JSON.stringify(plan.lifecycle)}`, `console ${plan.console}`, ''].join('\n')
}

/** A part with the names of its sources instead of their places, which move with every line of the XML. */
function lineOf(part: object): string {
  return JSON.stringify(part, (key, value) =>
    key === 'sources' ? (value as Source[]).map((it) => it.path ?? it.rule ?? it.fact ?? it.kind) : value,
  )
}

type Source = { readonly [key in 'path' | 'rule' | 'fact' | 'kind']?: string }
