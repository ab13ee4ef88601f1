import { hasErrors } from '../../diagnostic/diagnostic.ts'
import { type Checked, checkDomains } from '../../vfio/preflight/check.ts'
import type { VfioDomain } from '../../vfio/preflight/domain.ts'
import { extractDomain } from '../../vfio/preflight/extract.ts'
import type { Finding } from '../../vfio/preflight/findings/finding.ts'
import { pfOwnersFirst } from '../../vfio/preflight/order.ts'
import { planStart } from '../../vfio/preflight/plan.ts'
import { vfioReport } from '../../vfio/preflight/report.ts'
import { hostFacts } from '../host-file.ts'
import { jsonText } from '../json-text.ts'
import { status, UsageError } from '../status.ts'
import type { Terminal } from '../terminal.ts'
import { type DomainFile, Places, readDomainFiles } from './domain-files.ts'
import { readPfOptions } from './pf-option.ts'
import { findingsText, orderText, outcomesText } from './text.ts'

export interface PreflightOptions {
  readonly host?: string | undefined
  readonly order?: string | undefined
  readonly pf: readonly string[]
  readonly format: 'text' | 'json'
}

/** `domxml vfio check` and `domxml vfio plan`. */
export async function runPreflight(
  command: 'check' | 'plan',
  names: readonly string[],
  options: PreflightOptions,
  terminal: Terminal,
): Promise<void> {
  const told = readPfOptions(options.pf)
  const files = await readDomainFiles(names)
  const places = new Places(files)
  const facts = hostFacts(options.host, terminal)
  const { domains, findings: unread } = domainsOf(files)
  const warned = [...unread, ...told.diagnostics]
  const checked = hasErrors(unread) ? nothing : preflight(command, domains, facts, told.outside, options.order)
  const findings = [...warned, ...checked.findings]
  const bad = hasErrors(findings)
  if (options.format === 'json') {
    const locate = places.locate.bind(places)
    const { kernelVersion } = facts
    const report = vfioReport({ command, kernelVersion, outcomes: checked.outcomes, findings, locate })
    terminal.out(jsonText(report))
  } else {
    const starts = checked.outcomes.every((outcome) => outcome.starts)
    const summary = command === 'check' ? outcomesText(checked.outcomes) : planText(checked, starts)
    terminal.out(hasErrors(unread) ? '' : summary)
    const text = findingsText(findings, places, terminal.colourOut)
    terminal.out(text === '' ? '' : `${hasErrors(unread) ? '' : '\n'}${text}`)
  }
  terminal.end(bad ? status.errors : status.fine)
}

const nothing: Checked = { outcomes: [], findings: [] }

function preflight(
  command: 'check' | 'plan',
  domains: readonly VfioDomain[],
  facts: Parameters<typeof checkDomains>[1],
  outside: ReturnType<typeof readPfOptions>['outside'],
  order: string | undefined,
): Checked {
  if (command === 'plan') return planStart(domains, facts, { outside })
  const given = order === undefined ? undefined : readOrder(order, pfOwnersFirst(domains, facts.pci))
  return checkDomains(domains, facts, { outside, ...(given && { order: given }) })
}

function planText(checked: Checked, starts: boolean): string {
  const order = orderText(checked.outcomes)
  return starts
    ? `Start them in this order:\n${order}`
    : `No order works. The nearest:\n${outcomesText(checked.outcomes)}`
}

/** The domains of the files that could be read, and what is wrong with the others. */
function domainsOf(files: readonly DomainFile[]): { domains: VfioDomain[]; findings: Finding[] } {
  const domains: VfioDomain[] = []
  const findings: Finding[] = []
  for (const { name, root, diagnostics } of files) {
    findings.push(...diagnostics.map((diagnostic) => ({ ...diagnostic, file: name })))
    if (root === undefined) continue
    const { domain, diagnostics: found } = extractDomain(root, name)
    domains.push(domain)
    findings.push(...found.map((diagnostic) => ({ ...diagnostic, file: name, domain: domain.name })))
  }
  return { domains, findings }
}

/** `--order NAME,NAME`: the domains named come first, the others after them in `rest`'s order. */
function readOrder(order: string, rest: readonly VfioDomain[]): VfioDomain[] {
  const named = order.split(',').map((name) => {
    const found = rest.find((domain) => domain.name === name)
    if (found === undefined) throw new UsageError(`--order names "${name}", which is none of the domains given`)
    return found
  })
  const twice = named.find((domain, index) => named.indexOf(domain) !== index)
  if (twice !== undefined) throw new UsageError(`--order names "${twice.name}" twice`)
  return [...named, ...rest.filter((domain) => !named.includes(domain))]
}
