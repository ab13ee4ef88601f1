import { readFileSync } from 'node:fs'
import { readXml } from '../../src/xml/read.ts'
import { attributeOf, elementsOf, type XmlElement } from '../../src/xml/tree.ts'
import { ModelLines } from './models.ts'

/**
 * Names that QEMU has but libvirt 10.1 does not take for the feature they are an alias of; the host-model of
 * `cpu-host-model-fallback-kvm.x86_64-4.2.0` leaves them out though the host has them.
 */
const unrecognised = new Set(['vmx-invept-single-context-noglobals'])

/** The lines of one family of a map: see `src/cpu-facts/table.ts`. */
export interface MapLines {
  readonly family: string
  readonly vendors: readonly string[]
  readonly features: readonly string[]
  readonly models: readonly string[]
}

/** Reads a map as libvirt installs it; `qemuNames` are the CPU properties of x86 that QEMUs of its time have. */
export function readMap(folder: string, qemuNames: ReadonlySet<string>): MapLines[] {
  return childrenOf(rootOf(`${folder}/index.xml`), 'arch').map((arch) => {
    const family = attribute(arch, 'name')
    const files = includesOf(arch).map((include) => rootOf(`${folder}/${attribute(include, 'filename')}`))
    const all = (name: string) => files.flatMap((file) => childrenOf(file, name))
    const models = new ModelLines()
    for (const model of all('model')) models.add(modelOf(model))
    return {
      family,
      vendors: all('vendor').map(vendorLine),
      features: all('feature').map((feature) => featureLine(feature, family === 'x86' ? qemuNames : undefined)),
      models: models.lines,
    }
  })
}

/** Includes, those inside groups among them, in document order. */
function includesOf(element: XmlElement): XmlElement[] {
  return elementsOf(element).flatMap((child) => (child.name === 'include' ? [child] : includesOf(child)))
}

function vendorLine(vendor: XmlElement): string {
  return `${wordOf(vendor)} ${optional(vendor, 'string') ?? optional(vendor, 'value') ?? '-'}`
}

function featureLine(feature: XmlElement, known: ReadonlySet<string> | undefined): string {
  const name = attribute(feature, 'name')
  const aliases = childrenOf(feature, 'alias').map((alias) => attribute(alias, 'name'))
  const words = [name, bitOf(feature)]
  if (known !== undefined) {
    const ofQemu = [name, ...aliases].find((candidate) => known.has(candidate) && !unrecognised.has(candidate))
    const hyphenated = name.replaceAll('_', '-')
    const inQemu = ofQemu ?? (known.has(hyphenated) ? hyphenated : '')
    if (inQemu !== name) words.push(`qemu=${inQemu}`)
  }
  if (aliases.length > 0) words.push(`alias=${aliases.join(',')}`)
  if (optional(feature, 'migratable') === 'no') words.push('unmigratable')
  return words.join(' ')
}

const registers = ['eax', 'ebx', 'ecx', 'edx'] as const

function bitOf(feature: XmlElement): string {
  const [cpuid] = childrenOf(feature, 'cpuid')
  if (cpuid !== undefined) {
    const register = registers.find((candidate) => optional(cpuid, candidate) !== undefined) ?? 'eax'
    const place = [optional(cpuid, 'eax_in'), optional(cpuid, 'ecx_in') ?? '0'].map((leaf) => Number(leaf).toString(16))
    return [...place, register, bitNumber(Number(attribute(cpuid, register)))].join('.')
  }
  const [msr] = childrenOf(feature, 'msr')
  if (msr === undefined) return '-'
  const [eax, edx] = [Number(attribute(msr, 'eax')), Number(attribute(msr, 'edx'))]
  return `msr:${Number(attribute(msr, 'index')).toString(16)}.${eax > 0 ? bitNumber(eax) : 32 + bitNumber(edx)}`
}

function bitNumber(mask: number): number {
  const bit = Math.log2(mask)
  if (!Number.isInteger(bit)) throw new Error(`mask ${mask} has more than one bit`)
  return bit
}

/** A name as one word. */
function wordOf(element: XmlElement): string {
  return attribute(element, 'name').replaceAll(' ', '%20')
}

function modelOf(model: XmlElement) {
  const [decode] = childrenOf(model, 'decode')
  const [vendor] = childrenOf(model, 'vendor')
  const [base] = childrenOf(model, 'model')
  const letters =
    decode === undefined
      ? 'hg'
      : (optional(decode, 'host') === 'on' ? 'h' : '') + (optional(decode, 'guest') === 'on' ? 'g' : '')
  const signatures = childrenOf(model, 'signature').map((signature) =>
    ['family', 'model', 'stepping']
      .map((part) => optional(signature, part))
      .filter((part) => part !== undefined)
      .join('.'),
  )
  const versions = childrenOf(model, 'pvr').map(
    (pvr) =>
      `${Number(attribute(pvr, 'value')).toString(16)}/${Number(optional(pvr, 'mask') ?? '0xffffffff').toString(16)}`,
  )
  return {
    name: wordOf(model),
    base: base && wordOf(base),
    vendor: vendor === undefined ? '-' : wordOf(vendor),
    letters: letters || '-',
    ids: [...signatures, ...versions].join(',') || '-',
    features: childrenOf(model, 'feature').map(
      (feature) => (optional(feature, 'removed') === 'yes' ? '!' : '') + attribute(feature, 'name'),
    ),
  }
}

function rootOf(path: string): XmlElement {
  const { root } = readXml(readFileSync(path))
  if (root === undefined) throw new Error(`${path} is no XML`)
  return root
}

function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return elementsOf(element).filter((child) => child.name === name)
}

function optional(element: XmlElement, name: string): string | undefined {
  return attributeOf(element, name)?.value
}

function attribute(element: XmlElement, name: string): string {
  const value = optional(element, name)
  if (value === undefined) throw new Error(`<${element.name}> has no ${name}`)
  return value
}
