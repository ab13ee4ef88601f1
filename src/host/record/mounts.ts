import { own } from '../../own.ts'
import type { DriverConfig } from '../config.ts'
import type { ConfValue } from './conf-file.ts'
import type { TreeReader } from './reader.ts'

type Mounts = DriverConfig['hugetlbfs']

const units: Readonly<Record<string, number>> = { '': 1 / 1024, K: 1, M: 1024, G: 1024 * 1024 }

/** The kernel's default size of a huge page in KiB. */
function defaultSize(reader: TreeReader): number {
  return Number(/^Hugepagesize:\s+(\d+) kB$/m.exec(reader.text('proc/meminfo') ?? '')?.[1] ?? 2048)
}

/**
 * Mounts of hugetlbfs: those that the configuration names, else all that are mounted.
 * @param named `hugetlbfs_mount` of qemu.conf
 */
export function recordHugetlbfs(reader: TreeReader, named: ConfValue | undefined): Mounts {
  const standard = defaultSize(reader)
  const mounted = (reader.text('proc/self/mounts') ?? '').split('\n').flatMap((line) => {
    const [, mount = '', type, options = ''] = line.split(' ')
    if (type !== 'hugetlbfs') return []
    const [, size, unit = ''] = /\bpagesize=(\d+)([KMG]?)/.exec(options) ?? []
    const sizeKiB = size === undefined ? standard : Number(size) * (own(units, unit) ?? 1)
    return [{ mount, sizeKiB, default: sizeKiB === standard }]
  })
  if (named === undefined) return mounted
  const wanted = (Array.isArray(named) ? named : [String(named)]).filter((mount) => mount !== '')
  return wanted.map((mount) => mounted.find((it) => it.mount === mount) ?? { mount, sizeKiB: standard, default: true })
}
