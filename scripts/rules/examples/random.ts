import fc from 'fast-check'
import { arbitrary } from '../../../src/codec/arbitrary.ts'
import type { Element } from '../../../src/codec/description.ts'
import { formatDocument } from '../../../src/codec/format.ts'
import { devices, domain } from '../../../src/definition.ts'
import { judge } from './judge.ts'
import type { Asked } from './make.ts'

/** Machines whose rules differ most, the commonest first. */
const machines = [
  ['x86_64', 'q35', 150],
  ['x86_64', 'pc', 60],
  ['aarch64', 'virt', 40],
  ['s390x', 's390-ccw-virtio', 30],
  ['ppc64', 'pseries', 30],
] as const
const seed = 20_261_125

/** Random devices and sections by the description, each alone in a guest: what no test has asked yet. */
export async function randomGuests(): Promise<Asked[]> {
  const guests: Asked[] = []
  for (const [where, parent] of [
    ['devices', devices],
    ['sections', domain],
  ] as const) {
    for (const [key, element] of childrenOf(parent)) {
      for (const [arch, machine, count] of machines) {
        const values = fc.sample(arbitrary(fc, element, 2), { numRuns: count, seed })
        for (const value of values) guests.push(...(await asked(where, formatDocument(element, value), arch, machine)))
      }
      console.log(`${key}: ${guests.length} guests with a finding`)
    }
  }
  return guests
}

function childrenOf({ shape }: Pick<Element<object>, 'shape'>): [string, Element<object>][] {
  return Object.entries(shape.children ?? {}).flatMap(([key, field]): [string, Element<object>][] => {
    const described = (field.kind === 'child' || field.kind === 'many') && key !== 'devices' && key !== 'os'
    return described && field.element().options.namespace === undefined ? [[key, field.element()]] : []
  })
}

async function asked(where: 'devices' | 'sections', text: string, arch: string, machine: string): Promise<Asked[]> {
  if (text === '') return []
  const among = where === 'devices' ? text : ''
  const sections = where === 'sections' ? text : ''
  const own = /^<(name|memory)\b/.test(text)
  const os = `<os><type arch='${arch}' machine='${machine}'>hvm</type></os>`
  const source = `<domain type='kvm'>${own ? '' : "<name>guest</name><memory unit='MiB'>1024</memory>"}${os}${sections}<devices>${among}</devices></domain>`
  const found = await judge({ in: 'document' }, source)
  if (found.length === 0) return []
  return [{ source, devices: among, options: { arch, machine, sections }, codes: found.map(({ code }) => code) }]
}
