import type { Accelerator, Capabilities } from '../capabilities/capabilities.ts'
import { archs } from '../capabilities/table.ts'
import { attributeOfOutline, chainOf, elementsAt, type Outline } from './outline.ts'

export interface Value {
  readonly text: string
  readonly detail?: string | undefined
}

export interface Surroundings {
  readonly domain: Outline | undefined
  readonly qemu: Capabilities | undefined
}

function accelerator({ domain }: Surroundings): Accelerator {
  const type = domain && attributeOfOutline(domain, 'type')?.value
  return type === 'kvm' || type === 'hvf' ? type : 'tcg'
}

function machines(around: Surroundings): Value[] {
  return (around.qemu?.machines(accelerator(around)) ?? []).flatMap(({ name, alias, deprecated }) => {
    const detail = deprecated ? 'deprecated' : undefined
    return alias === undefined
      ? [{ text: name, detail }]
      : [
          { text: alias, detail: `= ${name}` },
          { text: name, detail },
        ]
  })
}

function cpuModels(around: Surroundings): Value[] {
  return (around.qemu?.cpuModels(accelerator(around)) ?? []).map(({ name, usable }) => ({
    text: name,
    detail: usable === 'no' ? 'not usable on the probed host' : undefined,
  }))
}

function iothreads({ domain }: Surroundings): Value[] {
  const listed = elementsAt(domain, 'iothreadids', 'iothread').map((it) => attributeOfOutline(it, 'id')?.value)
  const count = Number(elementsAt(domain, 'iothreads')[0]?.text?.value ?? 0)
  const numbers = new Set(listed.filter((id): id is string => id !== undefined))
  for (let id = 1; numbers.size < Math.min(count, 64); id++) numbers.add(String(id))
  return [...numbers].map((text) => ({ text, detail: 'an I/O thread of this guest' }))
}

function cells({ domain }: Surroundings): Value[] {
  return elementsAt(domain, 'cpu', 'numa', 'cell').map((cell, index) => ({
    text: attributeOfOutline(cell, 'id')?.value ?? String(index),
    detail: 'a NUMA cell of this guest',
  }))
}

function pciBuses({ domain }: Surroundings): Value[] {
  return elementsAt(domain, 'devices', 'controller')
    .filter((it) => attributeOfOutline(it, 'type')?.value === 'pci')
    .map((it) => ({
      text: `0x${Number(attributeOfOutline(it, 'index')?.value ?? 0)
        .toString(16)
        .padStart(2, '0')}`,
      detail: attributeOfOutline(it, 'model')?.value,
    }))
}

/** Values that only QEMU or the document know, by where they stand: the end of the path from the root. */
const rows: readonly { readonly at: RegExp; readonly values: (around: Surroundings) => Value[] }[] = [
  { at: /^domain\/os\/type@arch$/, values: () => archs.map((text) => ({ text })) },
  { at: /^domain\/os\/type@machine$/, values: machines },
  { at: /^domain\/cpu\/model$/, values: cpuModels },
  { at: /\/driver@iothread$|\/driver\/iothreads\/iothread@id$/, values: iothreads },
  { at: /\/target\/node$|\/memnode@cellid$|\/sibling@id$/, values: cells },
  { at: /^domain\/devices\/[^/]+\/address@bus$/, values: pciBuses },
]

/** What may stand at a place, as far as this QEMU and this document tell. */
export function valuesAt(element: Outline, attribute: string | undefined, around: Surroundings): Value[] {
  const path = `${chainOf(element)
    .map(({ name }) => name)
    .join('/')}${attribute === undefined ? '' : `@${attribute}`}`
  return rows.find(({ at }) => at.test(path))?.values(around) ?? []
}
