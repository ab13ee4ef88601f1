import { printable } from '../../diagnostic/printable.ts'
import { checkDomains } from '../../vfio/preflight/check.ts'
import type { VfioHostFacts } from '../../vfio/preflight/inventory.ts'
import type { RawFinding } from '../finding.ts'
import type { Inspected } from '../inspect.ts'
import type { FleetEntry } from './facts.ts'

/** A claim of one domain of one file. */
interface Claimed {
  readonly file: string
  readonly domain: string
  readonly entry: FleetEntry
}

/**
 * What clashes between guests of one host or network, by file: each finding stands in both files, and names the other.
 * `host`: what the kernel's rules for VF tokens are judged by; they are not where it is absent.
 */
export function fleetFindings(
  files: readonly Inspected[],
  host: VfioHostFacts | undefined,
): ReadonlyMap<string, readonly RawFinding[]> {
  const found = new Map<string, RawFinding[]>()
  const add = (file: string, finding: RawFinding) => {
    const known = found.get(file)
    if (known === undefined) found.set(file, [finding])
    else known.push(finding)
  }
  for (const group of byKey(files).values()) {
    if (group.length < 2) continue
    for (const mine of group) {
      const other = group.find((it) => it !== mine && it.domain !== undefined && overlaps(mine.entry, it.entry))
      if (other !== undefined) add(mine.file, clash(mine, other))
    }
  }
  if (host !== undefined) for (const [file, finding] of tokenTrouble(files, host)) add(file, finding)
  return found
}

function byKey(files: readonly Inspected[]): Map<string, Claimed[]> {
  const groups = new Map<string, Claimed[]>()
  for (const { name: file, fleet } of files) {
    for (const { name: domain, entries } of fleet) {
      for (const entry of entries) {
        const key = `${entry.code} ${entry.key}`
        const group = groups.get(key)
        if (group === undefined) groups.set(key, [{ file, domain, entry }])
        else group.push({ file, domain, entry })
      }
    }
  }
  return groups
}

function overlaps(a: FleetEntry, b: FleetEntry): boolean {
  return a.within === undefined || b.within === undefined || a.within === b.within
}

function clash(mine: Claimed, other: Claimed): RawFinding {
  const { code, hint, span, path, place, lineText = '' } = mine.entry
  const what = printable(mine.entry.what)
  const at = other.entry.place === undefined ? other.file : `${other.file}:${other.entry.place.line}`
  return {
    code,
    severity: 'error',
    message: `${what} belongs to the domain ${printable(other.domain)} as well (${at}).`,
    hint,
    span,
    path,
    place,
    lineText,
    related: [
      { message: `${what} in the domain ${printable(other.domain)}`, file: other.file, place: other.entry.place },
    ],
  }
}

/** The kernel's rules over all domains that take functions of the host. */
function* tokenTrouble(files: readonly Inspected[], host: VfioHostFacts): Iterable<[string, RawFinding]> {
  const domains = files.flatMap(({ name, fleet }) =>
    fleet.flatMap(({ vfio }) => (vfio === undefined ? [] : [{ ...vfio, file: name }])),
  )
  for (const { file, ...finding } of checkDomains(domains, host).findings) {
    if (file === undefined) continue
    const { code, severity, message, hint, span, path } = finding
    const own = files.find(({ name }) => name === file)?.fleet ?? []
    const { place, lineText = path ?? '' } = own.map(({ places }) => places?.[span?.start ?? -1]).find(Boolean) ?? {}
    yield [file, { code, severity, message, hint, span, path, place, related: [], lineText }]
  }
}
