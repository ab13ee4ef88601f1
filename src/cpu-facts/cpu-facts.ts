import { linesAt } from '../capabilities/builtin/ranges.ts'
import type { Arch } from '../capabilities/capabilities.ts'
import { lazy } from '../capabilities/lazy.ts'
import { powerArchs } from '../capabilities/table.ts'
import { newestRelease } from '../release/choose.ts'
import { holds } from '../release/dated.ts'
import type { Release } from '../release/release.ts'
import { arm } from './arm.gen.ts'
import { ppc64 } from './ppc64.gen.ts'
import type { CpuMap, CpuTable } from './table.ts'
import { x86 } from './x86.gen.ts'

/** A feature under libvirt's name. */
export interface CpuFeature {
  readonly name: string
  readonly bit: FeatureBit | undefined
  /** The CPU property that QEMU has for it; undefined where QEMU has none (`osxsave`, `cmt`). */
  readonly qemu: string | undefined
  /** Other names, QEMU's and Linux's. */
  readonly aliases: readonly string[]
  /** False where a guest that has it cannot migrate in any case. */
  readonly migratable: boolean
}

export type FeatureBit =
  | {
      readonly kind: 'cpuid'
      readonly leaf: number
      readonly subleaf: number
      readonly register: string
      readonly bit: number
    }
  | { readonly kind: 'msr'; readonly index: number; readonly bit: number }

export interface CpuModelFacts {
  readonly name: string
  /** The vendor's short name (`Intel`); undefined for models of no vendor. */
  readonly vendor: string | undefined
  readonly features: ReadonlySet<string>
  /** Features the model once had and QEMU took away: neither asked for nor missed. */
  readonly removed: ReadonlySet<string>
  readonly signatures: readonly CpuSignature[]
  /** Processor version registers, elsewhere than on x86. */
  readonly versions: readonly { readonly value: number; readonly mask: number }[]
  /** A host CPU may be described as this model. */
  readonly forHost: boolean
  /** A guest's CPU may be described as this model where the choice is ours (host-model, fallback). */
  readonly forGuest: boolean
}

export interface CpuSignature {
  readonly family: number
  readonly model: number
  readonly stepping?: number | undefined
}

/** The facts of one family of architectures. Maps iterate in the order in which features and models are printed. */
export interface CpuFacts {
  readonly family: 'x86' | 'arm' | 'ppc64'
  readonly vendors: ReadonlyMap<string, string>
  readonly features: ReadonlyMap<string, CpuFeature>
  readonly models: ReadonlyMap<string, CpuModelFacts>
  /** A feature by its name, an alias, or QEMU's name. */
  feature(name: string): CpuFeature | undefined
  /** The short name of a vendor, given what a CPU says of itself (`GenuineIntel` → `Intel`). */
  vendorOf(id: string): string | undefined
  hasSignature(model: CpuModelFacts, signature: CpuSignature): boolean
  /** Sorts feature names into the order of the table; unknown names come last, as they came. */
  inOrder(names: Iterable<string>): string[]
}

/**
 * What a release of libvirt knows of the CPUs of an architecture; undefined where that is nothing (s390x: QEMU itself
 * knows the models).
 */
export function cpuFacts(arch: Arch, release: Release = newestRelease): CpuFacts | undefined {
  const family = families.get(arch)
  return family && factsOfFamily[family](release)
}

/** The family of an architecture's CPUs: who asks for one family alone need not have the facts of another made. */
export const cpuFamily = (arch: Arch): CpuFacts['family'] | undefined => families.get(arch)

/** A map, since a domain may name anything as its architecture, `constructor` too. */
const families: ReadonlyMap<string, CpuFacts['family']> = new Map<Arch, CpuFacts['family']>([
  ['x86_64', 'x86'],
  ['i686', 'x86'],
  ['aarch64', 'arm'],
  ['armv7l', 'arm'],
  ['armv6l', 'arm'],
  ['armv7b', 'arm'],
  ...powerArchs.map((arch) => [arch, 'ppc64'] as const),
])

const factsOfFamily = { x86: byMap('x86', x86), arm: byMap('arm', arm), ppc64: byMap('ppc64', ppc64) }

/**
 * QEMU's name of a CPU feature on its command line: the known one, else the name as it is. QEMU spells features with
 * `-` where libvirt has `_`.
 */
export function qemuFeatureName(arch: Arch, name: string, release?: Release): string {
  return cpuFacts(arch, release)?.features.get(name)?.qemu ?? name
}

function factsOf(family: CpuFacts['family'], table: CpuTable, map: CpuMap): CpuFacts {
  const vendors = new Map(linesAt(map.vendors, table.vendors).map((line) => pair(line)))
  const features = lazy(() => {
    const every = linesAt(map.features, table.features).map(featureOf)
    return new Map(every.map((feature) => [feature.name, feature]))
  })
  const models = new Map<string, CpuModelFacts>()
  for (const line of linesAt(map.models, table.models)) {
    const model = modelOf(line, models)
    models.set(model.name, model)
  }
  const byAnyName = lazy(() => {
    const found = new Map<string, CpuFeature>()
    for (const feature of features().values()) {
      for (const name of [...feature.aliases, feature.qemu ?? feature.name]) found.set(name, feature)
    }
    return found
  })
  const byId = new Map([...vendors].map(([name, id]) => [id, name]))
  const position = lazy(() => new Map([...features().keys()].map((name, index) => [name, index])))
  const placeOf = (name: string) => position().get(name) ?? features().size
  return {
    family,
    vendors,
    get features() {
      return features()
    },
    models,
    feature: (name) => features().get(name) ?? byAnyName().get(name),
    vendorOf: (id) => byId.get(id),
    hasSignature,
    inOrder: (names) => [...names].sort((a, b) => placeOf(a) - placeOf(b)),
  }
}

function featureOf(line: string): CpuFeature {
  const [name = '', bit = '-', ...rest] = line.split(' ')
  const option = (key: string) => rest.find((word) => word.startsWith(`${key}=`))?.slice(key.length + 1)
  const qemu = option('qemu') ?? name
  return {
    name,
    bit: bitOf(bit),
    qemu: qemu === '' ? undefined : qemu,
    aliases: option('alias')?.split(',') ?? [],
    migratable: !rest.includes('unmigratable'),
  }
}

function bitOf(text: string): FeatureBit | undefined {
  if (text === '-') return undefined
  if (text.startsWith('msr:')) {
    const [index = '', bit] = text.slice('msr:'.length).split('.')
    return { kind: 'msr', index: Number.parseInt(index, 16), bit: Number(bit) }
  }
  const [leaf = '', subleaf = '', register = '', bit] = text.split('.')
  return {
    kind: 'cpuid',
    leaf: Number.parseInt(leaf, 16),
    subleaf: Number.parseInt(subleaf, 16),
    register,
    bit: Number(bit),
  }
}

interface SteppedSignature extends CpuSignature {
  readonly steppings?: readonly [number, number]
}

function modelOf(line: string, earlier: ReadonlyMap<string, CpuModelFacts>): CpuModelFacts {
  const [name = '', vendor = '-', decode = '', ids = '-', ...words] = line.split(' ')
  const other = vendor.startsWith('=') ? earlier.get(vendor.slice(1)) : undefined
  const less = new Set(words.filter((word) => word.startsWith('-')).map((word) => word.slice(1)))
  const more = words.filter((word) => !word.startsWith('-'))
  const kept = (names: ReadonlySet<string> = new Set(), mark = '') =>
    [...names].filter((feature) => !less.has(mark + feature))
  const features = lazy(() => new Set([...kept(other?.features), ...more.filter((word) => !word.startsWith('!'))]))
  const gone = () => more.filter((word) => word.startsWith('!')).map((word) => word.slice(1))
  const removed = lazy(() => new Set([...kept(other?.removed, '!'), ...gone()]))
  return {
    name: nameOf(name),
    vendor: other === undefined ? (vendor === '-' ? undefined : nameOf(vendor)) : other.vendor,
    get features() {
      return features()
    },
    get removed() {
      return removed()
    },
    ...(other !== undefined && ids === '=' ? { signatures: other.signatures, versions: other.versions } : idsOf(ids)),
    forHost: decode.includes('h'),
    forGuest: decode.includes('g'),
  }
}

function idsOf(text: string): Pick<CpuModelFacts, 'signatures' | 'versions'> {
  const ids = text === '-' ? [] : text.split(',')
  return {
    signatures: ids.filter((id) => !id.includes('/')).map(signatureOf),
    versions: ids.filter((id) => id.includes('/')).map(processorVersionOf),
  }
}

function signatureOf(text: string): SteppedSignature {
  const [family, model, steppings] = text.split('.')
  const [first = '', last = first] = steppings?.split('-') ?? []
  return {
    family: Number(family),
    model: Number(model),
    ...(steppings !== undefined && { steppings: [Number(first), Number(last)] as const }),
  }
}

function processorVersionOf(text: string): { value: number; mask: number } {
  const [value = '', mask = ''] = text.split('/')
  return { value: Number.parseInt(value, 16), mask: Number.parseInt(mask, 16) }
}

function hasSignature(model: CpuModelFacts, { family, model: number, stepping }: CpuSignature): boolean {
  return model.signatures.some((signature: SteppedSignature) => {
    const [first, last] = signature.steppings ?? [0, Number.MAX_SAFE_INTEGER]
    const fits = stepping === undefined || (stepping >= first && stepping <= last)
    return signature.family === family && signature.model === number && fits
  })
}

/** A name whose spaces are written `%20`. */
function nameOf(word: string): string {
  return word.replaceAll('%20', ' ')
}

function pair(line: string): [string, string] {
  const [name = '', value = ''] = line.split(' ')
  return [nameOf(name), value]
}

/** The facts of the map that a release has; each map is read once. */
function byMap(family: CpuFacts['family'], table: CpuTable): (release: Release) => CpuFacts {
  const made = new Map<CpuMap, CpuFacts>()
  return (release) => {
    const map = table.maps.findLast((candidate) => holds(candidate, release)) ?? table.maps[0]!
    let facts = made.get(map)
    if (facts === undefined) {
      facts = factsOf(family, table, map)
      made.set(map, facts)
    }
    return facts
  }
}
