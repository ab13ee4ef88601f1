import type { Child, Element, Shape } from '../../src/codec/description.ts'
import type { Scalar } from '../../src/codec/scalar.ts'
import { domain } from '../../src/definition.ts'
import { qemuUri } from '../../src/sections/process/element.ts'
import { Random } from '../fuzz/mutate.ts'
import { fieldsOf, type Knows, placesIn } from './fields.ts'
import { machines } from './machines.ts'
import { repair } from './repair.ts'
import { Texts } from './texts.ts'
import { type Node, node } from './tree.ts'
import { type Route, Wanted } from './wanted.ts'
import { unusual, usual } from './words.ts'

export interface Plan {
  readonly seed: number
  readonly count: number
  /** How many domains each field shall stand in. */
  readonly each: number
  readonly knows: Knows
  /** The parts of a domain that are refused; empty where it is accepted. For domains that shall be acceptable. */
  readonly refused: (root: Node) => readonly (string | undefined)[]
  /** Places that are left out, since asking about them ends the oracle. */
  readonly without?: RegExp
}

/** How many in a hundred domains keep what is refused, so that refusals are compared too. */
const faulty = 24

/** Domains of one plan; the same plan makes the same domains. */
export function generate(plan: Plan): Node[] {
  const fields = [...fieldsOf(domain, plan.knows).values()].filter(({ id }) => plan.without?.test(id) !== true)
  const wanted = new Wanted(fields, plan.each, new Random(plan.seed))
  const made: Node[] = []
  for (let number = 0; number < plan.count; number++) {
    const random = new Random(plan.seed * 1_000_003 + number)
    const wishes = wanted.next(plan.count - number, random.below(100) < faulty)
    const root = new Maker(random, plan).domain(number, wishes.routes)
    const finished = repair(root, plan.refused, random, wishes.faults)
    nameWhatIsDrawn(finished, random)
    nameWhatHostSays(finished)
    wanted.seen(placesIn(finished), wishes)
    made.push(finished)
  }
  return made
}

/** Makes one domain: what every domain has, devices and sections at random, and what is wanted. */
class Maker {
  readonly #random: Random
  readonly #texts: Texts
  readonly #plan: Plan
  /** How many in a hundred optional parts are filled in. */
  readonly #density: number

  constructor(random: Random, plan: Plan) {
    this.#random = random
    this.#plan = plan
    this.#density = random.of([1, 3, 6, 12])
    this.#texts = new Texts(random, random.of([0, 0, 0, 2]))
  }

  domain(number: number, wanted: readonly Route[]): Node {
    const random = this.#random
    const root = this.#element(domain, 'domain', '', wanted, 1)
    root.attributes.set('type', 'qemu')
    root.attributes.set('xmlns:qemu', qemuUri)
    const { type, features } = random.of(machines)
    setChild(root, 'name', (it) => Object.assign(it, { text: `g${number}` }))
    setChild(root, 'uuid', (it) => Object.assign(it, { text: uuidOf(random) }))
    setChild(root, 'memory', (it) => Object.assign(it, { text: '1048576' }))
    setChild(root, 'os', (os) =>
      setChild(os, 'type', (it) => {
        it.text = 'hvm'
        it.attributes.clear()
        for (const [name, text] of Object.entries(type)) it.attributes.set(name, text)
      }),
    )
    for (const [place, share] of surroundings) if (random.below(100) < share) place(root)
    if (features !== undefined && random.below(3) > 0) setChild(root, 'features', (it) => setChild(it, features))
    setChild(root, 'devices', (devices) => this.#devices(devices))
    const emulator = root.children
      .find(({ name }) => name === 'devices')
      ?.children.find(({ name }) => name === 'emulator')
    if (emulator !== undefined) emulator.text = `/usr/bin/qemu-system-${type.arch === 'i686' ? 'i386' : type.arch}`
    return root
  }

  /** A handful of devices of any kind, beside those that are wanted. */
  #devices(devices: Node): void {
    const kinds = Object.entries(deviceShape.children ?? {})
    for (let left = 1 + this.#random.below(6); left > 0; left--) {
      const [key, field] = this.#random.of(kinds)
      if (field.kind !== 'many' || !this.#plan.knows(field.since)) continue
      devices.children.push(this.#element(field.element(), key, `devices/${key}`, [], 2))
    }
    shuffle(devices.children, this.#random)
  }

  #element(element: Element<object>, name: string, place: string, wanted: readonly Route[], depth: number): Node {
    const { namespace } = element.options
    const made = node(namespace ? `${namespace.prefix}:${name}` : name)
    const heads = wanted.filter(({ length }) => length > 0)
    this.#shape(element.shape, made, place, heads, depth)
    const by = Object.values(element.shape.children ?? {}).find((field) => field.kind === 'choice')
    if (by?.kind === 'choice') {
      const asked = heads.find(([step]) => step?.variant !== undefined && !step.stray)?.[0]?.variant
      const variant = asked ?? this.#random.of(Object.keys(by.variants))
      const attribute = element.shape.attributes?.[by.by]
      made.attributes.delete(attribute?.name ?? by.by)
      made.attributes.set(attribute?.name ?? by.by, variant)
      this.#shape(by.variants[variant]!, made, place, heads, depth)
      for (const head of heads) {
        const [step] = head
        if (step?.stray && step.variant !== undefined && step.variant !== variant)
          this.#shape(onlyOf(by.variants[step.variant]!, step.key), made, place, [head], depth)
      }
    }
    const text = element.shape.value
    if (text !== undefined && heads.some(([step]) => step?.key === '#')) made.children.length = 0
    if (text !== undefined && made.children.length === 0) made.text = this.#texts.of(`${place}#`, text)
    return made
  }

  #shape(shape: Shape, made: Node, place: string, wanted: readonly Route[], depth: number): void {
    const asked = (key: string) => wanted.filter(([step]) => step?.key === key).map((route) => route.slice(1))
    for (const [key, field] of Object.entries(shape.attributes ?? {})) {
      if (field.kind !== 'attribute' || !this.#plan.knows(field.since)) continue
      const name = field.name ?? key
      const needed = field.presence === 'required' || asked(key).length > 0
      if (!needed && !this.#chance(`${place}@${name}`, depth)) continue
      made.attributes.set(name, this.#texts.of(`${place}@${name}`, field.scalar))
    }
    for (const [key, field] of Object.entries(shape.children ?? {})) {
      if (field.kind === 'choice' || !this.#plan.knows(field.since)) continue
      const routes = asked(key)
      const required = 'required' in field && field.required === true
      const name = field.name ?? key
      const below = place === '' ? name : `${place}/${name}`
      if (routes.length === 0 && !required && (depth > 5 || !this.#chance(below, depth))) continue
      if (this.#plan.without?.test(below) === true) continue
      made.children.push(...this.#child(field, name, below, routes, depth))
    }
  }

  #child(
    field: Exclude<Child, { kind: 'choice' }>,
    name: string,
    place: string,
    routes: Route[],
    depth: number,
  ): Node[] {
    const one = (wanted: readonly Route[]) =>
      field.kind === 'child' || field.kind === 'many'
        ? this.#element(field.element(), name, place, wanted, depth + 1)
        : node(name)
    switch (field.kind) {
      case 'child':
        return [one(routes)]
      case 'many':
        // Routes of one element may ask for different variants: each gets an element of its own, now and then all one.
        return routes.length > 1 ? routes.map((route) => one([route])) : [one(routes)]
      case 'text':
      case 'texts':
        return [this.#text(name, place, field.scalar)]
      case 'flag':
        return [node(name)]
      case 'raw':
        return [Object.assign(node(name), { children: [foreign()] })]
    }
  }

  #text(name: string, place: string, scalar: Scalar<unknown>): Node {
    return Object.assign(node(name), { text: this.#texts.of(place, scalar) })
  }

  #chance(place: string, depth: number): boolean {
    if (usual.some((it) => it.test(place))) return this.#random.below(100) < 93
    if (unusual.test(place)) return this.#random.below(100) < 2
    return this.#random.below(100) < this.#density / (depth > 3 ? 2 : 1)
  }
}

/** The one attribute or child of a shape. */
function onlyOf({ attributes = {}, children = {} }: Shape, key: string): Shape {
  const [attribute, child] = [attributes[key], children[key]]
  return { ...(attribute && { attributes: { [key]: attribute } }), ...(child && { children: { [key]: child } }) }
}

const devicesField = domain.shape.children!.devices!
const deviceShape = devicesField.kind === 'child' ? devicesField.element().shape : {}

/** What makes much else acceptable, and how many in a hundred domains have it. */
const surroundings: readonly (readonly [(root: Node) => void, number])[] = [
  [
    (root) =>
      setChild(root, 'memoryBacking', (backing) => {
        setChild(backing, 'source', ({ attributes }) => attributes.set('type', 'memfd'))
        setChild(backing, 'access', ({ attributes }) => attributes.set('mode', 'shared'))
      }),
    35,
  ],
  [(root) => setChild(root, 'vcpu', (it) => Object.assign(it, { text: '4' })), 70],
  [(root) => setChild(root, 'iothreads', (it) => Object.assign(it, { text: '3' })), 40],
  [
    (root) => {
      setChild(root, 'maxMemory', (it) => Object.assign(it, { text: '8388608' }).attributes.set('slots', '16'))
      setChild(root, 'cpu', (cpu) =>
        setChild(cpu, 'numa', (numa) => {
          const cell = node('cell')
          for (const [name, text] of [
            ['id', '0'],
            ['cpus', '0-1'],
            ['memory', '1048576'],
          ])
            cell.attributes.set(name!, text!)
          numa.children.splice(0, numa.children.length, cell)
        }),
      )
    },
    20,
  ],
]

/** What libvirt draws at random where it is absent would differ by nature. */
function nameWhatIsDrawn(root: Node, random: Random): void {
  const devices = root.children.find(({ name }) => name === 'devices')
  for (const it of devices?.children ?? []) {
    if (it.name !== 'interface') continue
    const address = `52:54:00:${hex(random)}:${hex(random)}:${hex(random)}`
    setChild(it, 'mac', ({ attributes }) => attributes.set('address', attributes.get('address') ?? address))
  }
  for (const it of devices?.children ?? []) {
    const port = it.name === 'interface' && it.children.find(({ name }) => name === 'virtualport')
    if (!port) continue
    const type = port.attributes.get('type')
    setChild(port, 'parameters', ({ attributes }) => {
      for (const [name, of] of [
        ['instanceid', '802.1Qbg'],
        ['interfaceid', 'openvswitch'],
      ] as const)
        if ((type ?? of) === of && !attributes.has(name)) attributes.set(name, uuidOf(random))
    })
  }
  const genid = root.children.find(({ name }) => name === 'genid')
  if (genid !== undefined && !genid.text) genid.text = uuidOf(random)
}

/** The size of huge pages, of which blocks of memory follow, is not seen where the oracle runs. */
function nameWhatHostSays(root: Node): void {
  const devices = root.children.find(({ name }) => name === 'devices')
  for (const it of devices?.children ?? []) {
    if (it.name !== 'memory' || it.attributes.get('model') !== 'virtio-mem') continue
    const target = it.children.find(({ name }) => name === 'target')
    if (target === undefined || target.children.some(({ name }) => name === 'block')) continue
    target.children.push(Object.assign(node('block'), { text: '2048' }))
  }
}

function foreign(): Node {
  const it = node('app:note')
  it.attributes.set('xmlns:app', 'http://example.org/app')
  it.text = 'kept'
  return it
}

/** The child of a name, made where there is none, changed in place. */
function setChild(owner: Node, name: string, change: (child: Node) => unknown = () => {}): void {
  let child = owner.children.find((it) => it.name === name)
  if (child === undefined) {
    child = node(name)
    owner.children.push(child)
  }
  change(child)
}

function shuffle(list: unknown[], random: Random): void {
  for (let at = list.length - 1; at > 0; at--) {
    const other = random.below(at + 1)
    ;[list[at], list[other]] = [list[other], list[at]]
  }
}

const hex = (random: Random) => random.below(256).toString(16).padStart(2, '0')

function uuidOf(random: Random): string {
  const digits = Array.from({ length: 16 }, () => hex(random)).join('')
  return digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-a$4-$5')
}
