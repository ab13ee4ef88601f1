import { readXml } from '../xml/read.ts'
import type { HostFile, NetworkEntry, PoolEntry } from './file.ts'
import { readNetwork } from './network-xml.ts'
import { readPool } from './pool-xml.ts'
import { withoutSecrets } from './secret-keys.ts'
import { XmlReader } from './xml-reader.ts'

/** Keys that hold version numbers, which look like addresses. */
const plain = new Set(['kernelVersion', 'libvirt', 'vncListen', 'spiceListen'])
const ownSerials = /^(serial|asset|uuid|sku)$/

/**
 * A host file for a bug report: every MAC, address, UUID, serial number, name of a user, a machine or something that the
 * user named stands for another one, the same for the same. Secrets are left out. What a command line depends on stays.
 */
export function redactHost(file: HostFile): HostFile {
  const { secrets: _, masterKey: _key, networks, storagePools, smbios, ...others } = file
  const masks = new Masks()
  const named: HostFile = {
    ...others,
    ...(smbios && { smbios: withoutSerials(smbios) }),
    ...(networks && { networks: networks.flatMap((entry) => network(entry, masks)) }),
    ...(storagePools && { storagePools: storagePools.flatMap((entry) => pool(entry, masks)) }),
    ...(others.images && {
      images: others.images.map((image) => ({
        ...image,
        path: masks.image(image.path),
        ...(image.backing && { backing: { ...image.backing, path: masks.image(image.backing.path) } }),
      })),
    }),
  }
  return walk(withoutSecrets(named, ''), undefined, masks) as HostFile
}

/** Stand-ins by kind, counted as they are met. */
class Masks {
  readonly #known = new Map<string, Map<string, string>>()

  of(kind: string, value: string, make: (number: number) => string): string {
    const ofKind = this.#known.get(kind) ?? new Map<string, string>()
    this.#known.set(kind, ofKind)
    const mask = ofKind.get(value) ?? make(ofKind.size + 1)
    ofKind.set(value, mask)
    return mask
  }

  /** A name that the user gave; `default` is nobody's. */
  name(kind: string, value: string): string {
    return value === 'default' ? value : this.of(kind, value, (number) => `${kind}${number}`)
  }

  image(path: string): string {
    return this.of('image', path, (number) => `/images/image${number}`)
  }
}

function network({ xml, network: given, portXml: _, port }: NetworkEntry, masks: Masks): NetworkEntry[] {
  const { root } = xml === undefined ? { root: undefined } : readXml(xml)
  const data = given ?? (root && readNetwork(root, new XmlReader()))
  if (data === undefined) return []
  return [{ network: { ...data, name: masks.name('network', data.name) }, ...(port && { port }) }]
}

function pool({ xml, pool: given, volumes }: PoolEntry, masks: Masks): PoolEntry[] {
  const { root } = xml === undefined ? { root: undefined } : readXml(xml)
  const data = given ?? (root && readPool(root, true, new XmlReader()))
  if (data === undefined) return []
  const hidden = {
    ...data,
    name: masks.name('pool', data.name),
    hosts: data.hosts.map((host) => ({ ...host, name: masks.name('machine', host.name) })),
    ...(data.auth && { auth: { type: data.auth.type, username: masks.name('user', data.auth.username) } }),
  }
  return [
    {
      pool: hidden,
      volumes: volumes.map((it) => ({ ...it, name: masks.name('volume', it.name), path: masks.image(it.path) })),
    },
  ]
}

function withoutSerials(smbios: NonNullable<HostFile['smbios']>): NonNullable<HostFile['smbios']> {
  const hide = (entries: (typeof smbios)['system']) =>
    entries.map((entry) => (ownSerials.test(entry.name) ? { ...entry, value: 'redacted' } : entry))
  return {
    bios: smbios.bios,
    system: hide(smbios.system),
    baseBoard: hide(smbios.baseBoard),
    chassis: hide(smbios.chassis),
  }
}

function walk(value: unknown, key: string | undefined, masks: Masks): unknown {
  if (typeof value === 'string') return key !== undefined && plain.has(key) ? value : hideIn(value, masks)
  if (Array.isArray(value)) return value.map((item) => walk(item, key, masks))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [hideIn(name, masks), walk(item, name, masks)]))
}

const hex = (number: number, digits: number) => number.toString(16).padStart(digits, '0')

const patterns: readonly (readonly [kind: string, pattern: RegExp, make: (number: number) => string])[] = [
  [
    'uuid',
    /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi,
    (n) => `00000000-0000-4000-8000-${hex(n, 12)}`,
  ],
  ['mac', /\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b/gi, (n) => `52:54:00:00:${hex(n >> 8, 2)}:${hex(n & 255, 2)}`],
  ['card', /\benx[0-9a-f]{12}\b/gi, (n) => `enx525400${hex(n, 6)}`],
  ['ipv4', /\b(?!127\.0\.0\.1\b|0\.0\.0\.0\b)\d{1,3}(?:\.\d{1,3}){3}\b/g, (n) => `192.0.2.${n}`],
  [
    'ipv6',
    /(?<![\w:.])(?!::1?(?![\w:]))(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}(?![\w:.])/gi,
    (n) => `2001:db8::${hex(n, 1)}`,
  ],
  ['iqn', /\biqn\.[\w.:-]+/g, (n) => `iqn.2000-01.example:${n}`],
  ['home', /(?<=\/home\/)[^/\s"'<]+/g, (n) => `user${n}`],
]

function hideIn(text: string, masks: Masks): string {
  let out = text
  for (const [kind, pattern, make] of patterns) out = out.replace(pattern, (found) => masks.of(kind, found, make))
  return out
}
