import type { RulePage } from './page.ts'

/** What the code that raises a rule says about it, read from the sources. */
export interface RaisedRule {
  readonly code: string
  readonly severity: 'error' | 'warning' | 'info'
  /** What it says; … stands for what changes. */
  readonly message: string
  readonly hint?: string | undefined
  /** The release of libvirt or the capability of QEMU that it asks for. */
  readonly needs?: string | undefined
}

export interface Rule extends RaisedRule {
  readonly page: RulePage | undefined
}

/** A rule's page as Markdown. */
export function ruleMarkdown({ code, severity, message, hint, needs, page }: Rule): string {
  const level = severity === 'info' ? 'note' : severity
  const parts = [`## ${code}`, `${message} *(${level})*`]
  if (hint !== undefined) parts.push(`**What to do.** ${hint}`)
  if (needs !== undefined) parts.push(`It needs the capability \`${needs}\`: \`domxml capabilities explain ${needs}\`.`)
  if (page !== undefined) parts.push(page.why)
  const example = page?.example
  if (example !== undefined) {
    const options = Object.entries(example.options ?? {}).map(([name, value]) =>
      value === true ? ` --${name}` : ` --${name} ${value}`,
    )
    parts.push(`Fails${options.length > 0 ? ` with${options.join('')}` : ''}:`, fenced(example.fails))
    parts.push('Mended:', fenced(example.mended))
  }
  for (const link of page?.links ?? []) parts.push(`- <${link}>`)
  return `${parts.join('\n\n')}\n`
}

const fenced = (xml: string) => `\`\`\`xml\n${xml}\n\`\`\``
