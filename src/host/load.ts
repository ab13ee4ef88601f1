import type { Diagnostic, Span } from '../diagnostic/diagnostic.ts'
import { printableFinding } from '../diagnostic/printable.ts'
import { readXml } from '../xml/read.ts'
import type { XmlElement } from '../xml/tree.ts'
import { fromBase64 } from './base64.ts'
import { defaultFacts } from './defaults.ts'
import type { HostFacts } from './facts.ts'
import type { HostFile, NetworkEntry, PoolEntry, SecretEntry } from './file.ts'
import type { Host } from './host.ts'
import { readNetwork, readPort } from './network-xml.ts'
import { type Network, type NetworkPort, networksFrom } from './networks.ts'
import { readPool } from './pool-xml.ts'
import { type PoolFacts, type StorageVolume, storagePoolsFrom } from './pools.ts'
import { seededRandom } from './random.ts'
import { resourcesFrom } from './resources.ts'
import { type SecretStore, sealWith, secretsFrom } from './secrets.ts'
import { type FactKey, keysGiven, type Standing } from './standing.ts'
import { XmlReader } from './xml-reader.ts'

export interface LoadedHost {
  readonly host: Host
  readonly diagnostics: readonly Diagnostic[]
}

/** A host file, and who answers for what it says. */
export interface HostLayer {
  readonly file: HostFile
  readonly standing: Standing
}

/**
 * The host that layers of host files make: a key of an earlier layer hides that of later ones, the driver's
 * configuration key by key; what none gives is as in `defaultFacts`.
 * Raises `host/bad-xml` for XML of a network, port or pool, `host/incomplete-entry` for an entry that says nothing,
 * `host/bad-master-key` for keys of a wrong length.
 * @param layers what the schema has let through
 * @param fallbackArch the architecture where no layer names one
 * @param places where each value of the first layer stands, by JSON pointer
 */
export function hostFromLayers(
  layers: readonly HostLayer[],
  fallbackArch: string,
  places: ReadonlyMap<string, Span> = new Map(),
): LoadedHost {
  const loader = new Loader(places)
  const {
    networks = [],
    storagePools = [],
    secrets = [],
    masterKey,
    randomSeed = 'domxml',
    config,
    ...given
  } = merged(layers)
  const generic = defaultFacts(given.arch ?? fallbackArch)
  const facts: HostFacts = { ...generic, ...given, config: { ...generic.config, ...config } }
  const standing = standings(layers)
  const host: Host = {
    ...facts,
    networks: networksFrom(networks.flatMap((entry, index) => loader.network(entry, `/networks/${index}`))),
    storagePools: storagePoolsFrom(
      storagePools.flatMap((entry, index) => loader.pool(entry, `/storagePools/${index}`)),
    ),
    secrets: loader.secrets(secrets, masterKey),
    resources: resourcesFrom(facts.descriptors),
    random: seededRandom(randomSeed),
    standing: (key) => standing.get(key) ?? 'assumed',
  }
  return { host, diagnostics: loader.diagnostics }
}

function merged(layers: readonly HostLayer[]): HostFile {
  let result: HostFile = {}
  for (const { file } of layers) result = { ...file, ...result, config: { ...file.config, ...result.config } }
  return result
}

function standings(layers: readonly HostLayer[]): ReadonlyMap<FactKey, Standing> {
  const result = new Map<FactKey, Standing>()
  for (const { file, standing } of layers) {
    for (const key of keysGiven(file)) if (!result.has(key)) result.set(key, standing)
  }
  return result
}

class Loader {
  readonly diagnostics: Diagnostic[] = []
  readonly #places: ReadonlyMap<string, Span>

  constructor(places: ReadonlyMap<string, Span>) {
    this.#places = places
  }

  network({ xml, network, portXml, port }: NetworkEntry, pointer: string): { network: Network; port?: NetworkPort }[] {
    const own = network ?? this.#fromXml(xml, `${pointer}/xml`, 'network', readNetwork)
    const given = port ?? this.#fromXml(portXml, `${pointer}/portXml`, 'networkport', readPort)
    if (own === undefined) return xml === undefined ? this.#empty(pointer, 'network') : []
    return [given === undefined ? { network: own } : { network: own, port: given }]
  }

  pool({ xml, pool, volumes }: PoolEntry, pointer: string): { pool: PoolFacts; volumes: readonly StorageVolume[] }[] {
    const read = (root: XmlElement, reader: XmlReader) => readPool(root, true, reader)
    const own = pool ?? this.#fromXml(xml, `${pointer}/xml`, 'pool', read)
    if (own === undefined) return xml === undefined ? this.#empty(pointer, 'pool') : []
    return [{ pool: own, volumes }]
  }

  secrets(entries: readonly SecretEntry[], masterKey: HostFile['masterKey']): SecretStore {
    const utf8 = new TextEncoder()
    const known = entries.flatMap(({ value, base64, ...reference }, index) => {
      const bytes = value === undefined ? fromBase64(base64 ?? '') : utf8.encode(value)
      const said = (value ?? base64) !== undefined && (reference.uuid ?? reference.usage) !== undefined
      if (!said || bytes === undefined) {
        const hint = 'Give its uuid or its usage, and its value as value or base64.'
        this.#add('incomplete-entry', `/secrets/${index}`, 'the secret has no name or no value', hint)
        return []
      }
      return [{ ...reference, value: bytes }]
    })
    return secretsFrom(known, this.#sealer(masterKey))
  }

  #sealer(masterKey: HostFile['masterKey']): SecretStore['seal'] | undefined {
    if (masterKey === undefined) return undefined
    const [key, iv] = [fromBase64(masterKey.key), fromBase64(masterKey.iv)]
    if (key?.length === 32 && iv?.length === 16) return sealWith({ key, iv })
    const hint = 'The key is base64 of 32 bytes, the iv of 16.'
    this.#add('bad-master-key', '/masterKey', 'the master key or its iv has another length than AES-256 needs', hint)
    return undefined
  }

  #fromXml<T>(
    xml: string | undefined,
    pointer: string,
    rootName: string,
    read: (root: XmlElement, reader: XmlReader) => T,
  ): T | undefined {
    if (xml === undefined) return undefined
    const { root, diagnostics } = readXml(xml)
    const reader = new XmlReader()
    if (root !== undefined && root.name !== rootName)
      reader.bad(root, `the root is <${root.name}>`, `It must be <${rootName}>.`)
    const result = root?.name === rootName ? read(root, reader) : undefined
    const faults = [...diagnostics, ...reader.diagnostics].filter(({ severity }) => severity === 'error')
    // Offsets inside the XML are none of the file: the path says where in it.
    for (const { message, path, hint } of faults)
      this.#add('bad-xml', pointer, path === undefined ? message : `${path}: ${message}`, hint)
    return faults.length === 0 ? result : undefined
  }

  #empty(pointer: string, what: string): [] {
    const hint = `Give the ${what}'s xml, or the ${what} as data.`
    this.#add('incomplete-entry', pointer, `the entry describes no ${what}`, hint)
    return []
  }

  #add(code: string, pointer: string, message: string, hint: string | undefined): void {
    const span = this.#places.get(pointer)
    this.diagnostics.push(
      printableFinding({ code: `host/${code}`, severity: 'error', message, span, path: pointer, hint }),
    )
  }
}
