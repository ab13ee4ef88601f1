import { archs } from '../../capabilities/capabilities.ts'
import type { HostFile } from '../file.ts'
import { targetOf } from '../host.ts'
import type { TreeReader } from './reader.ts'

/** Where programs are looked for, in this order; helpers of QEMU stand beside it. */
const folders = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin']
const helperFolders = [...folders, '/usr/libexec', '/usr/lib/qemu', '/usr/lib/libvirt', '/usr/libexec/libvirt']

const helpers = [
  'dbus-daemon',
  'nbdkit',
  'numad',
  'passt',
  'qemu-bridge-helper',
  'qemu-nbd',
  'qemu-pr-helper',
  'qemu-rdp',
  'slirp-helper',
  'swtpm',
  'swtpm_setup',
  'virtiofsd',
]

function find(reader: TreeReader, name: string, places: readonly string[]): string | undefined {
  return places.map((folder) => `${folder}/${name}`).find((path) => reader.kind(path) === 'file')
}

/** QEMU for each architecture, and the programs that stand beside it. */
export function recordPrograms(reader: TreeReader, arch: string): HostFile {
  const emulators = Object.fromEntries(
    archs.flatMap((guest) => {
      const native = guest === arch ? find(reader, 'qemu-kvm', ['/usr/libexec']) : undefined
      const path = find(reader, `qemu-system-${targetOf(guest)}`, folders) ?? native
      return path === undefined ? [] : [[guest, path]]
    }),
  )
  const known = helpers.flatMap((name) => {
    const path = find(reader, name, helperFolders)
    return path === undefined ? [] : [[name, path] as const]
  })
  const programs: Readonly<Record<string, string>> = Object.fromEntries(known)
  return {
    ...(Object.keys(emulators).length > 0 && { emulators }),
    helpers: programs,
    slirpHelper: programs['slirp-helper'] !== undefined,
    tpm: {
      cancelPath: reader.kind('sys/class/tpm/tpm0/device/cancel') && '/sys/class/tpm/tpm0/device/cancel',
      swtpmVersions: programs.swtpm === undefined ? [] : ['1.2', '2.0'],
    },
  }
}

/** libvirt's version by the name of its library: `libvirt.so.0.11003.0` is 11.3.0. */
export function recordLibvirt(reader: TreeReader): string | undefined {
  const places = [
    'usr/lib64',
    'usr/lib',
    ...(reader.list('usr/lib') ?? []).filter(isTriplet).map((it) => `usr/lib/${it}`),
  ]
  for (const folder of places) {
    for (const name of reader.list(folder) ?? []) {
      const [, thousands, micro] = /^libvirt\.so\.0\.(\d+)\.(\d+)$/.exec(name) ?? []
      if (thousands === undefined) continue
      return `${Math.floor(Number(thousands) / 1000)}.${Number(thousands) % 1000}.${micro}`
    }
  }
  return undefined
}

const isTriplet = (name: string) => name.includes('-linux-')
