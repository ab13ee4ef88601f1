import type { Diagnostic, Severity, Span } from '../../../diagnostic/diagnostic.ts'
import { printableFinding } from '../../../diagnostic/printable.ts'
import type { Errno } from '../../errno.ts'
import type { VfioHost } from '../../host.ts'
import type { Result } from '../../rule.ts'
import type { KernelRuleName } from '../../rules.ts'
import type { OutsideDriver, VfioDevice, VfioDomain } from '../domain.ts'
import type { Assumption, VfioHostFacts } from '../inventory.ts'
import type { DeviceOutcome, DomainOutcome } from '../start.ts'

/** Everything that is known once all domains have been started one after another. */
export interface Preflight {
  readonly facts: VfioHostFacts
  /** In the order in which they were started. */
  readonly domains: readonly VfioDomain[]
  readonly outcomes: readonly DomainOutcome[]
  readonly outside: ReadonlyMap<string, OutsideDriver>
  readonly assumptions: readonly Assumption[]
  /** The first domain that takes each function. */
  readonly owners: ReadonlyMap<string, VfioDomain>
  /** The host with everything running that starts. */
  readonly end: VfioHost
}

/** What the kernel answers, where that is what the finding is about. */
export interface KernelAnswer {
  readonly rule: string
  readonly errno: Errno | undefined
  readonly log: readonly string[]
}

/** A diagnostic of a set of domains: it tells in which one. Never holds a token. */
export interface Finding extends Diagnostic {
  readonly domain?: string
  readonly file?: string
  /** PCI address of the function that it is about. */
  readonly device?: string
  readonly kernel?: KernelAnswer
}

/** One sort of finding; or a few that one look tells apart. */
export interface PreflightRule {
  readonly codes: readonly `vfio/${string}`[]
  find(preflight: Preflight): Finding[]
}

interface Words {
  readonly code: `vfio/${string}`
  readonly severity: Severity
  readonly message: string
  readonly hint?: string
}

/** A finding at the source address of a device. */
export function atDevice(domain: VfioDomain, device: VfioDevice, words: Words, result?: Result): Finding {
  const { span, path, address } = device
  const kernel = result && { rule: result.rule.name, errno: result.errno, log: result.log }
  return {
    ...printableFinding(words),
    span,
    path,
    domain: domain.name,
    file: domain.file,
    device: address,
    ...(kernel && { kernel }),
  }
}

/** A finding at another place of a domain's file. */
export function atDomain(domain: VfioDomain, span: Span | undefined, words: Words): Finding {
  return { ...printableFinding(words), ...(span && { span }), domain: domain.name, file: domain.file }
}

/** A device that a kernel rule has refused. */
export interface Refused {
  readonly domain: VfioDomain
  readonly outcome: DeviceOutcome
}

/** The devices that one of these rules has refused, in order. */
export function refusedBy({ outcomes }: Preflight, ...rules: KernelRuleName[]): Refused[] {
  const names: readonly string[] = rules
  return outcomes.flatMap(({ domain, devices }) =>
    devices.filter(({ result }) => names.includes(result.rule.name)).map((outcome) => ({ domain, outcome })),
  )
}

/** `domain "web" (web.xml)`. */
export function named(domain: VfioDomain): string {
  return `domain "${domain.name}" (${domain.file})`
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[]): string {
  const last = items.at(-1) ?? ''
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`
}
