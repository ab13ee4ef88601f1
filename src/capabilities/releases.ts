import { holds } from '../release/dated.ts'
import type { Release } from '../release/release.ts'
import { type Capabilities, compareVersions, type QemuVersion } from './capabilities.ts'
import { withChanges } from './changes.ts'
import { type Flag, flags } from './flags.ts'
import { datedRows } from './row-dates.gen.ts'

/** Flags of our own: libvirt has no name for them, and no release derives them. */
const ours: ReadonlySet<Flag> = new Set<Flag>(['vfio-pci.vf-token'])

/** The flags that a release of libvirt derives where QEMU has them, and so writes into its cache. */
export function flagsDerivedBy(release: Release): Flag[] {
  const unknown = new Set(datedRows.filter((row) => !holds(row, release)).map(({ flag }) => flag))
  return flags.filter((flag) => !ours.has(flag) && !unknown.has(flag))
}

/** Adds what every build of that version has and a libvirt that takes no older one does not ask for. */
export function withTakenForGranted(found: readonly Flag[], version: QemuVersion | undefined): Flag[] {
  if (version === undefined) return [...found]
  const granted = datedRows.filter(
    ({ everyQemuSince }) => everyQemuSince !== undefined && compareVersions(version, everyQemuSince) >= 0,
  )
  return [...new Set([...found, ...granted.map(({ flag }) => flag)])]
}

const views = new WeakMap<Capabilities, Map<number, Capabilities>>()

/**
 * The table as a release of libvirt sees it: without the flags that only newer ones look for, nor those that it looks for
 * no longer and that no QEMU it takes has. Made once for each table and release.
 */
export function capabilitiesFor(capabilities: Capabilities, release: Release): Capabilities {
  const known = views.get(capabilities) ?? new Map<number, Capabilities>()
  views.set(capabilities, known)
  let view = known.get(release.rank)
  if (view === undefined) {
    view = viewOf(capabilities, release)
    known.set(release.rank, view)
  }
  return view
}

function viewOf(capabilities: Capabilities, release: Release): Capabilities {
  const unseen = datedRows.filter(
    (row) => capabilities.has(row.flag) && !holds(row, release) && row.everyQemuSince === undefined,
  )
  return unseen.length === 0 ? capabilities : withChanges(capabilities, { remove: unseen.map(({ flag }) => flag) })
}
