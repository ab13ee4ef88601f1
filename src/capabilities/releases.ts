import { type Capabilities, compareVersions, type QemuVersion } from './capabilities.ts'
import { withChanges } from './changes.ts'
import type { Flag } from './flags.ts'
import { compareLabels } from './label.ts'
import { type Row, rowList } from './rows.ts'

/** Flags of our own: libvirt has no name for them, and no release derives them. */
const ours: ReadonlySet<Flag> = new Set<Flag>(['vfio-pci.vf-token'])

/** Whether a release of libvirt looks for what a row shows, and so writes the flag into its cache. */
function derives({ since, until }: Row, release: string): boolean {
  if (since !== undefined && compareLabels(release, since) < 0) return false
  return until === undefined || compareLabels(release, until) < 0
}

/** The flags that a release of libvirt derives where QEMU has them, in the order of our list. */
export function flagsDerivedBy(release: string): Flag[] {
  return rowList.filter((row) => !ours.has(row.flag) && derives(row, release)).map(({ flag }) => flag)
}

/** Adds what every build of that version has and a libvirt that takes no older one does not ask for. */
export function withTakenForGranted(flags: readonly Flag[], version: QemuVersion | undefined): Flag[] {
  if (version === undefined) return [...flags]
  const granted = rowList.filter(
    ({ everyQemuSince }) => everyQemuSince !== undefined && compareVersions(version, everyQemuSince) >= 0,
  )
  return [...new Set([...flags, ...granted.map(({ flag }) => flag)])]
}

/**
 * The table as a release of libvirt sees it: without the flags that only newer ones look for, nor those that it looks for
 * no longer and that no QEMU it takes has.
 */
export function capabilitiesFor(capabilities: Capabilities, release: string): Capabilities {
  const unseen = rowList.filter(
    (row) => capabilities.has(row.flag) && !derives(row, release) && row.everyQemuSince === undefined,
  )
  return unseen.length === 0 ? capabilities : withChanges(capabilities, { remove: unseen.map(({ flag }) => flag) })
}
