import type { Span } from '../diagnostic/diagnostic.ts'
import { attributeAt } from './hover.ts'
import { attributeOfOutline, chainOf, type Document, elementAt, elementsAt, type Outline } from './outline.ts'

/** What a reference may lead to: an element, where `named` tells that it has the number or name that is looked for. */
type Find = (domain: Outline, value: string, from: Outline) => Outline[]

const attribute = (element: Outline, name: string) => attributeOfOutline(element, name)?.value
/** Numbers are compared as numbers: `0x01` is 1. */
const same = (a: string | undefined, b: string) => a !== undefined && (a === b || (a !== '' && Number(a) === Number(b)))

function controllers(type: string): Find {
  return (domain, value) =>
    elementsAt(domain, 'devices', 'controller').filter(
      (it) => attribute(it, 'type') === type && same(attribute(it, 'index') ?? '0', value),
    )
}

/** The kind of controller that an address refers to, by the address's own type. */
const byAddress: Find = (domain, value, address) => {
  const type = attribute(address, 'type') ?? ''
  if (type !== 'drive') return controllers(type)(domain, value, address)
  const bus = address.parent?.children.find(({ name }) => name === 'target')
  return controllers((bus && attribute(bus, 'bus')) ?? 'scsi')(domain, value, address)
}

const iothreads: Find = (domain, value) => {
  const listed = elementsAt(domain, 'iothreadids', 'iothread').filter((it) => same(attribute(it, 'id'), value))
  return listed.length > 0 ? listed : elementsAt(domain, 'iothreads')
}

const cells: Find = (domain, value) =>
  elementsAt(domain, 'cpu', 'numa', 'cell').filter((cell, index) => same(attribute(cell, 'id') ?? String(index), value))

const aliases: Find = (domain, value) =>
  elementsAt(domain, 'devices')
    .flatMap(({ children }) => children)
    .flatMap((device) => elementsAt(device, 'alias'))
    .filter((alias) => attribute(alias, 'name') === value)

const audio: Find = (domain, value) =>
  elementsAt(domain, 'devices', 'audio').filter((it) => same(attribute(it, 'id'), value))

/** Where a reference stands, by the end of its path, and what it refers to. */
const references: readonly { readonly at: RegExp; readonly find: Find }[] = [
  { at: /^domain\/devices\/[^/]+\/address@(bus|controller)$/, find: byAddress },
  {
    at: /\/driver@iothread$|\/driver\/iothreads\/iothread@id$|\/iothreadpin@iothread$|\/iothreadsched@iothreads$/,
    find: iothreads,
  },
  { at: /\/target\/node$|\/memnode@cellid$|\/sibling@id$|\/(latency|bandwidth)@(initiator|target)$/, find: cells },
  { at: /\/teaming@persistent$|qemu:override\/qemu:device@alias$|\/alias@name$/, find: aliases },
  { at: /^domain\/devices\/(sound|graphics)\/audio@id$/, find: audio },
]

/** Where what is named at an offset is defined: controllers behind addresses, I/O threads, NUMA cells, aliases, audio. */
export function definitionsAt(document: Document, offset: number): Span[] {
  const element = elementAt(document, offset)
  if (element === undefined) return []
  const chain = chainOf(element)
  const path = chain.map(({ name }) => name).join('/')
  const at = attributeAt(element, offset)
  const value = at === undefined ? element.text?.value : at.value
  if (value === undefined || chain[0] === undefined) return []
  const full = at === undefined ? path : `${path}@${at.name}`
  const row = references.find((reference) => reference.at.test(full))
  return (row?.find(chain[0], value, element) ?? [])
    .filter((found) => found !== element)
    .map(({ nameSpan }) => nameSpan)
}
