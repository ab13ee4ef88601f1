import { inDocumentOrder } from '../../diagnostic/diagnostic.ts'
import type { OutsideDriver, VfioDomain } from './domain.ts'
import type { Finding, Preflight } from './findings/finding.ts'
import { preflightRules } from './findings/list.ts'
import { stage, type VfioHostFacts } from './inventory.ts'
import { ownersOf, pfOwnersFirst } from './order.ts'
import { type DomainOutcome, startDomain } from './start.ts'

export interface CheckOptions {
  /** What drives PFs outside of the domains, by PCI address. */
  readonly outside?: ReadonlyMap<string, OutsideDriver>
  /** Domains in the order in which they are started; default: owners of PFs first. */
  readonly order?: readonly VfioDomain[]
}

export interface Checked {
  /** In starting order. */
  readonly outcomes: readonly DomainOutcome[]
  /** By domain in starting order, and in document order within each. */
  readonly findings: readonly Finding[]
}

/**
 * Simulates starting the domains one after another on a recorded host, and finds what is wrong with each and with the
 * set. Findings have codes `vfio/…`; they name the kernel's rule, errno and log line where the kernel refuses.
 */
export function checkDomains(
  domains: readonly VfioDomain[],
  facts: VfioHostFacts,
  options: CheckOptions = {},
): Checked {
  const outside = options.outside ?? new Map<string, OutsideDriver>()
  const order = options.order ?? pfOwnersFirst(domains, facts.pci)
  const { host, assumptions } = stage(facts, outside, domains)
  let end = host
  const outcomes = order.map((domain) => {
    const started = startDomain(end, domain)
    end = started.host
    return started.outcome
  })
  const preflight: Preflight = {
    facts,
    domains: order,
    outcomes,
    outside,
    assumptions,
    owners: ownersOf(order),
    end,
  }
  return {
    outcomes,
    findings: inOrder(
      preflightRules.flatMap((rule) => rule.find(preflight)),
      order,
    ),
  }
}

function inOrder(findings: readonly Finding[], order: readonly VfioDomain[]): Finding[] {
  const general = findings.filter(({ file }) => file === undefined)
  const files = [...new Set(order.map(({ file }) => file))]
  const byFile = new Map(files.map((file) => [file, findings.filter((finding) => finding.file === file)]))
  return [...general, ...files.flatMap((file) => inDocumentOrder(byFile.get(file) ?? []))]
}
