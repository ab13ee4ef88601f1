import { allBuiltin, type BuildsOfArch, buildsWith } from '../../capabilities/builds.ts'
import { describeBuild } from '../../capabilities/builtin.ts'
import { type Flag, flags, isFlag } from '../../capabilities/flags.ts'
import { rows } from '../../capabilities/rows.ts'
import type { Gate } from '../../context/unit.ts'
import { kinds } from '../../devices/registry.ts'
import { didYouMean } from '../../diagnostic/suggest.ts'
import { UsageError } from '../status.ts'

export interface ExplainedFlag {
  readonly flag: Flag
  /** What the flag stands for. */
  readonly doc: string
  /** Which answer of QEMU shows it, and where that comes from. */
  readonly shownBy: string
  readonly from: string
  /** What domxml refuses without it. */
  readonly gates: readonly {
    readonly element: string
    readonly path: string
    readonly code: string
    readonly hint: string
  }[]
  readonly builds: readonly {
    readonly arch: string
    readonly having: readonly string[]
    readonly lacking: readonly string[]
  }[]
}

export async function explainFlag(name: string): Promise<ExplainedFlag> {
  if (!isFlag(name)) {
    const near = didYouMean(name, flags)
    throw new UsageError(`${name} is no flag${near === undefined ? '' : `; did you mean ${near}?`}`)
  }
  const { doc, shows } = rows[name]
  return {
    flag: name,
    doc,
    shownBy: shows.text,
    from: shows.from,
    gates: gatesOf(name),
    builds: buildsWith(await allBuiltin(), name).map(namesOf),
  }
}

function namesOf({ arch, having, lacking }: BuildsOfArch) {
  return { arch, having: having.map(describeBuild), lacking: lacking.map(describeBuild) }
}

function gatesOf(flag: Flag): ExplainedFlag['gates'] {
  const gated: readonly (readonly [string, { readonly gates?: readonly GateFacts[] } | object])[] =
    Object.entries(kinds)
  return gated.flatMap(([element, kind]) => {
    const gates = 'gates' in kind ? (kind.gates ?? []) : []
    return gates.filter(({ needs }) => needs === flag).map(({ path, code, hint }) => ({ element, path, code, hint }))
  })
}

type GateFacts = Pick<Gate<never>, 'needs' | 'path' | 'code' | 'hint'>

export function explainedText({ flag, doc, shownBy, from, gates, builds }: ExplainedFlag): string {
  const note = { build: '', host: ' (a fact of the host)', version: ' (the version alone tells)' }[from] ?? ''
  return [
    `${flag}: ${plain(doc)}`,
    `shown by: ${plain(shownBy)}${note}`,
    ...gates.map(({ element, path, code, hint }) => `gates: <${element}> ${path} [${code}] ${hint}`),
    ...builds.map(({ arch, having }) => `${arch}: ${having.length === 0 ? 'no build' : having.join(', ')}`),
    '',
  ].join('\n')
}

/** Rows are written in Markdown. */
function plain(markdown: string): string {
  return markdown.replaceAll('`', '')
}
