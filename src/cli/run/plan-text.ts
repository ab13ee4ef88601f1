import type { Source } from '../../argv/explain.ts'
import { shellQuote } from '../../argv/quote.ts'
import { unsteered } from '../../diagnostic/printable.ts'
import type { ExplainedPlan } from '../../launch/explain.ts'
import { said } from '../explain-text.ts'

type Entry = { readonly sources?: readonly Source[] } & { readonly [key: string]: unknown }

/** A plan for people: what is checked, made, said and undone, each beside where it came from. */
export function planText(plan: ExplainedPlan, file: string): string {
  const parts = [
    section('needs', plan.needs, file),
    section('steps', plan.steps, file),
    `QEMU\n  ${unsteered([plan.qemu.binary, ...plan.qemu.args].map(shellQuote).join(' '))}\n`,
    section('dialogue', plan.dialogue, file),
    section('undone at the end', plan.undo, file),
    section('not as libvirt does it', plan.differences, file),
  ]
  return parts.filter((part) => part !== '').join('\n')
}

function section(title: string, entries: readonly object[], file: string): string {
  if (entries.length === 0) return ''
  return `${title}\n${entries.map((entry) => line(entry as Entry, file)).join('')}`
}

const column = 96

function line({ sources, ...entry }: Entry, file: string): string {
  const text = words(entry)
  const from = sources?.map((source) => said(source, file)).join(', ')
  return `  ${unsteered(from === undefined ? text : `${text.padEnd(column)}  ${from}`)}\n`
}

function words({ kind, what, ...rest }: { readonly [key: string]: unknown }): string {
  const { argv, path, content, address, driver, socket, name, execute, arguments: args, ...others } = rest
  const main = [
    path,
    name,
    execute,
    address,
    driver && `to ${driver}`,
    Array.isArray(argv) && argv.map(shellQuote).join(' '),
  ]
  const detail = [content, args].filter((it) => it !== undefined).map((it) => JSON.stringify(it))
  const more = Object.entries(others)
    .filter(([key, value]) => ['cpus', 'vcpu', 'fd', 'undo'].includes(key) && value !== undefined)
    .map(([key, value]) => `${key} ${Array.isArray(value) ? value.join(' ') : value}`)
  const all = [kind, ...main.filter(Boolean), ...detail, ...more].join(' ')
  return what === undefined ? all : `${all}: ${what}`
}
