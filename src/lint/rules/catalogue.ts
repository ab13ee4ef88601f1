import type { MadeExample, RulePage } from '../../diagnostic/rule-page.ts'

/** What the code that raises a rule says about it, read from the sources. */
export interface RaisedRule {
  readonly code: string
  readonly severity: 'error' | 'warning' | 'info'
  /** What it says; … stands for what changes. */
  readonly message: string
  readonly hint?: string | undefined
  /** The release of libvirt or the capability of QEMU that it asks for. */
  readonly needs?: string | undefined
  /** The release of domxml that raises it first. */
  readonly since: string
}

export interface Rule extends RaisedRule {
  readonly page: RulePage | undefined
  /** Of its tests, where the page has none. */
  readonly made?: MadeExample | undefined
}

/** What follows from a finding that no page gives a reason for: it tells when libvirt refuses. */
const consequences = {
  define: 'libvirt refuses the domain: `virsh define` and `virsh create` fail.',
  start: 'libvirt defines the domain, but it cannot start: `virsh start` fails.',
} as const

/** A rule's page as Markdown. */
export function ruleMarkdown({ code, severity, message, hint, needs, since, page, made }: Rule): string {
  const level = severity === 'info' ? 'note' : severity
  const parts = [`## ${code}`, `${message} *(${level})*`]
  if (hint !== undefined) parts.push(`**What to do.** ${hint}`)
  if (needs !== undefined) parts.push(`It needs the capability \`${needs}\`: \`domxml capabilities explain ${needs}\`.`)
  if (page !== undefined) parts.push(page.why)
  else if (made?.when !== undefined) parts.push(`**Why.** ${consequences[made.when]}`)
  const example = page?.example ?? made
  if (example !== undefined) {
    const options = Object.entries(example.options ?? {}).map(([name, value]) =>
      value === true ? ` --${name}` : ` --${name} ${value}`,
    )
    parts.push(`Fails${options.length > 0 ? ` with${options.join('')}` : ''}:`, fenced(example.fails))
    parts.push('Mended:', example.mended === '' ? 'Leave it out.' : fenced(example.mended))
  }
  for (const link of page?.links ?? []) parts.push(`- <${link}>`)
  parts.push(`Since domxml ${since}.`)
  return `${parts.join('\n\n')}\n`
}

const fenced = (xml: string) => `\`\`\`xml\n${xml}\n\`\`\``
