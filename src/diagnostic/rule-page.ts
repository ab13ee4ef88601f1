/** A domain, or a part of one, in which a rule speaks, and the same mended. Both are tested. */
export interface RuleExample {
  /** Where the text stands: among the devices, in `<domain>`, or it is a whole document. */
  readonly in: 'devices' | 'domain' | 'document'
  readonly fails: string
  readonly mended: string
  /** Options that the example needs, as on the command line. */
  readonly options?: { readonly libvirt?: string; readonly qemu?: string; readonly strict?: boolean }
}

/** An example that was made of a rule's tests. */
export interface MadeExample extends RuleExample {
  /** When the domain is refused; absent where it is not. */
  readonly when?: 'define' | 'start'
}

/** What people want to know of a rule that the code which raises it does not say. Stands beside that code, in `rules.ts`. */
export interface RulePage {
  /** Why it matters; what happens otherwise. */
  readonly why: string
  readonly example?: RuleExample
  /** The documents that the rule follows. */
  readonly links?: readonly string[]
}

/** The pages of one folder's codes. */
export type RulePages = { readonly [code: string]: RulePage }

/** The document that an example is part of. */
export function documentOf({ in: where }: Pick<RuleExample, 'in'>, text: string): string {
  if (where === 'document') return text
  const body = where === 'domain' ? text : ''
  const devices = where === 'devices' ? text : ''
  const own = (name: string) => new RegExp(`<${name}[\\s>/]`).test(body)
  return `<domain type='kvm'>
${own('name') ? '' : '  <name>guest</name>\n'}${own('memory') ? '' : "  <memory unit='MiB'>1024</memory>\n"}${
  own('os') ? '' : "  <os>\n    <type arch='x86_64' machine='q35'>hvm</type>\n  </os>\n"
}${indented(body, 2)}  <devices>
${indented(devices, 4)}  </devices>
</domain>
`
}

function indented(text: string, by: number): string {
  if (text === '') return ''
  return `${text
    .split('\n')
    .map((line) => ' '.repeat(by) + line)
    .join('\n')}\n`
}
