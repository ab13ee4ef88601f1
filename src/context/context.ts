import { of } from '../argv/piece.ts'
import { Properties } from '../argv/properties.ts'
import type { Accelerator, Arch, Capabilities } from '../capabilities/capabilities.ts'
import type { Element, Init } from '../codec/description.ts'
import { type Controller, type Devices, type Domain, devices, domain, type HostdevInterface } from '../definition.ts'
import type { Diagnostic, Severity, When } from '../diagnostic/diagnostic.ts'
import type { Fix } from '../diagnostic/fix.ts'
import { printableFinding } from '../diagnostic/printable.ts'
import type { Address } from '../fragments/address.ts'
import type { Addressable, Boot } from '../fragments/device-info.ts'
import type { AskedFact } from '../host/asked.ts'
import type { Host, Incoming } from '../host/host.ts'
import type { LaunchWish } from '../launch/plan.ts'
import type { Origin, Origins } from '../origin/origin.ts'
import { escapeXml } from '../xml/escape.ts'
import { ControllerIndex } from './controller-index.ts'
import type { Dates } from './dates.ts'
import { FdSets } from './fd-set.ts'
import { type Asker, Inquiry, type Told } from './inquiry.ts'
import type { Machine } from './machine.ts'
import { NodeNames } from './node-names.ts'
import { StartTable, startKey } from './start.ts'

/** The names of the device kinds that are built. */
export type KindName = Exclude<keyof Devices, 'emulator'>
export type DeviceOf<K extends KindName> = Devices[K][number]

/** Any device that may have a place in the boot order. */
export interface Bootable {
  readonly boot?: Boot | undefined
}

/** A finding by the object it is about; its place in the source is looked up. */
export interface Finding {
  readonly code: string
  readonly message: string
  readonly hint?: string
  /** The object the finding is about; the domain where absent. */
  readonly at?: object
  /** The field of `at`, by its key. */
  readonly field?: string
  /** An attribute of `at` as it is written, where no field stands for it. */
  readonly attribute?: string
  readonly when?: When
  readonly related?: Diagnostic['related']
  /** Another value stands in for the wrong one from here on, so that what follows makes sense. */
  readonly goesOn?: true
  /** How it is mended: what `field` should say, or edits of the text. */
  readonly fix?: NewValue | Fix
}

/** What the field that a finding is about should say. */
export interface NewValue {
  /** The value as it is meant; it is escaped for XML. */
  readonly value: string
  /** See {@link Fix}. */
  readonly safe: boolean
  /** "Write VALUE." where absent. */
  readonly title?: string
}

export interface ContextOptions {
  /** The release of libvirt, and what dated values are in it. */
  readonly plan: Dates
  readonly capabilities: Capabilities
  readonly host: Host
  readonly domainId: number
  readonly abiUpdate: boolean
  /** Images are not looked into. */
  readonly unprobed: boolean
  /** The line of `virsh domxml-to-native`: network cards are rewritten. */
  readonly native: boolean
  readonly incoming: Incoming | undefined
  /** Set where the domain is started without libvirt. */
  readonly launch: LaunchWish | undefined
}

/** Sections that another unit may ask for. */
type SectionName = 'features'
/** What was given is known of the new object. */
type Given<I> = I extends { readonly type: infer T } ? { readonly type: T } : unknown

function elementIn({ shape }: Element<object>, key: string): Element<object> {
  const field = shape.children?.[key]
  if (field?.kind !== 'many' && field?.kind !== 'child') throw new Error(`${key} is no element`)
  return field.element()
}

export type BootClass = NonNullable<Domain['os']>['boot'][number]['dev']

const bootKey = startKey<number>('boot index')
const aliasKey = startKey<string>('alias')
const addressKey = startKey<Address>('address')

/**
 * What every stage sees: the definition (read-only), the QEMU, the host. It knows definition types, never behaviour.
 * Only `set`, `insert`, `remove` and `replace` write, each with its reason.
 */
export class Context {
  readonly definition: Domain
  readonly options: ContextOptions
  readonly origins: Origins
  readonly start = new StartTable()
  /** USB hubs that a start adds for want of ports. */
  readonly addedHubs: Addressable[] = []
  /** Sets of descriptors handed to QEMU, numbered as they are prepared. */
  readonly fdSets = new FdSets()
  readonly nodeNames = new NodeNames()
  readonly diagnostics: Diagnostic[]
  /** What was asked of the host that nobody described. */
  readonly inquiry: Inquiry
  #machine: Machine | undefined
  #capabilities: Capabilities
  #virtioBus: Machine['virtioBus'] | undefined
  #isStuck = false
  /** Made at a question; forgotten when a controller comes, goes or gets its index. */
  #controllerIndex: ControllerIndex | undefined

  constructor(definition: Domain, options: ContextOptions, origins: Origins, diagnostics: Diagnostic[]) {
    this.definition = definition
    this.options = options
    this.#capabilities = options.capabilities
    this.origins = origins
    this.diagnostics = diagnostics
    this.inquiry = new Inquiry(options.host)
  }

  get capabilities(): Capabilities {
    return this.#capabilities
  }

  /** The user's own changes to what QEMU can do, which hold for the start. */
  useCapabilities(capabilities: Capabilities): void {
    this.#capabilities = capabilities
  }

  /** The release of libvirt; dated values are read by `plan.at`. */
  get plan(): Dates {
    return this.options.plan
  }

  get host(): Host {
    return this.options.host
  }

  /** Asks for a fact that nobody may have described: the only way to one (see `Told`). */
  ask<T>(fact: AskedFact, found: T | undefined, asker: Asker): Told<T> {
    return this.inquiry.ask(fact, found, asker)
  }

  get devices(): Devices {
    return this.definition.devices
  }

  /** Calls `visit` for each kind that the guest has devices of, in no order that anyone may count on. */
  eachKind(visit: (devices: readonly (Addressable & Bootable)[], name: KindName) => void): void {
    const { devices } = this
    for (const name in devices) {
      const list: unknown = devices[name as KindName]
      if (Array.isArray(list) && list.length > 0) visit(list, name as KindName)
    }
  }

  /** The guest's architecture, known after the `basic` rules. */
  get arch(): Arch {
    return (this.definition.os.type.arch ?? this.capabilities.arch) as Arch
  }

  get accelerator(): Accelerator {
    const { type } = this.definition
    return type === 'kvm' || type === 'hvf' ? type : 'tcg'
  }

  /** Facts of the machine type, set by the `os` section's basic rules. */
  get machine(): Machine {
    if (this.#machine === undefined) throw new Error('the machine is not known before the basic rules have run')
    return this.#machine
  }

  /** Where virtio devices without an address go: what one device of such a board was given on virtio-mmio holds for all. */
  get virtioBus(): Machine['virtioBus'] {
    this.#virtioBus ??= this.machine.mmio && this.#givenMmio() ? 'virtio-mmio' : this.machine.virtioBus
    return this.#virtioBus
  }

  #givenMmio(): boolean {
    let found = false
    this.eachKind((devices) => {
      found ||= devices.some(({ address }) => address?.type === 'virtio-mmio')
    })
    return found
  }

  useMachine(machine: Machine): void {
    this.#machine = machine
  }

  controllers<T extends Controller['type']>(type: T): Extract<Controller, { type: T }>[] {
    return this.devices.controller.filter((it): it is Extract<Controller, { type: T }> => it.type === type)
  }

  /** The first controller of a type and index: what each device asks, so it is looked up. */
  controllerAt<T extends Controller['type']>(
    type: T,
    index: number | undefined,
  ): Extract<Controller, { type: T }> | undefined {
    this.#controllerIndex ??= new ControllerIndex(this.devices.controller)
    return this.#controllerIndex.find(type, index) as Extract<Controller, { type: T }> | undefined
  }

  #listChanged(list: readonly unknown[]): void {
    if (list === this.devices.controller) this.#controllerIndex = undefined
  }

  /** The numbers of the guest's iothreads: those listed, or 1 to the count. */
  get iothreadIds(): number[] {
    const listed = this.definition.iothreadids?.iothread ?? []
    if (listed.length > 0) return listed.map(({ id }) => id)
    const ids: number[] = []
    for (let id = 1; id <= (this.definition.iothreads ?? 0); id++) ids.push(id)
    return ids
  }

  /** Interfaces that are host PCI functions: they count, print and are named among the host devices. */
  get hostdevInterfaces(): HostdevInterface[] {
    return this.devices.interface.filter((it): it is HostdevInterface => it.type === 'hostdev')
  }

  /** The name by which QEMU and slices call a device: the user's, or the one the alias stage gave. */
  alias(device: Addressable): string {
    return this.start.need(aliasKey, device)
  }

  /** Where a device sits: what the definition says, or what was handed out at this start. */
  addressOf(device: Addressable): Address | undefined {
    return this.start.get(addressKey, device) ?? device.address
  }

  placeAtStart(device: Addressable, address: Address): void {
    this.start.set(addressKey, device, address)
  }

  setAlias(device: Addressable, alias: string): void {
    this.start.set(aliasKey, device, alias)
  }

  /** Each device says which entry is booted of it (s390x); else the machine says it for the first device alone. */
  get loadparmByDevice(): boolean {
    return this.capabilities.has('virtio-ccw.loadparm')
  }

  /** `bootindex`: the device's own `<boot order>`, or its place in the list of `<os>`. */
  bootIndex(device: Bootable): Properties {
    if (device.boot !== undefined) return new Properties().field('bootindex', device.boot, 'order')
    return new Properties().put('bootindex', this.start.get(bootKey, device), of(this.definition.os, 'boot'))
  }

  /** `loadparm`: which entry is booted of a device that can say so, a disk, a card or a mediated device (oracle: 12.8). */
  bootEntry({ boot }: Bootable): Properties {
    const properties = new Properties()
    return boot !== undefined && this.loadparmByDevice ? properties.field('loadparm', boot, 'loadparm') : properties
  }

  setBootIndex(device: object, place: number): void {
    this.start.set(bootKey, device, place)
  }

  /** A new device of a kind, with its defaults; where it goes is said by `insert`. */
  create<K extends KindName, I extends Init<DeviceOf<K>>>(kind: K, init: I): DeviceOf<K> & Given<I> {
    return elementIn(devices, kind).create(init) as DeviceOf<K> & Given<I>
  }

  /** A new section of the domain with nothing in it. */
  createSection<K extends SectionName>(name: K): NonNullable<Domain[K]> {
    return elementIn(domain, name).create({}) as NonNullable<Domain[K]>
  }

  /** Writes a field; the reason shows in `--explain`, and holds for a new object's fields too. */
  set<T extends object, K extends keyof T & string>(owner: T, field: K, value: T[K], reason: Origin): void {
    ;(owner as { [key in K]: T[K] })[field] = value
    if (field === 'index') this.#controllerIndex = undefined
    this.origins.wrote(owner, field, reason)
    if (typeof value === 'object' && value !== null) this.origins.adopted(value, reason)
  }

  /** Adds an item to a list, at the end or at `index`. */
  insert<T extends object>(list: readonly T[], item: T, reason: Origin, index = list.length): T {
    ;(list as T[]).splice(index, 0, item)
    this.#listChanged(list)
    this.origins.made(item, reason)
    return item
  }

  remove<T extends object>(list: readonly T[], item: T): void {
    const index = list.indexOf(item)
    if (index >= 0) (list as T[]).splice(index, 1)
    this.#listChanged(list)
  }

  /** Replaces the whole content of a list, e.g. to sort it. */
  replace<T extends object>(list: readonly T[], items: readonly T[]): void {
    const target = list as T[]
    // A list of any length, so no arguments; a copy, for the items may be the list's own.
    const copy = [...items]
    target.length = 0
    for (const item of copy) target.push(item)
    this.#listChanged(list)
  }

  /** Says that a new object (an address, a driver) was made by a rule. */
  made<T extends object>(item: T, reason: Origin): T {
    this.origins.made(item, reason)
    return item
  }

  error({ goesOn, ...finding }: Finding): void {
    if (!goesOn) this.#isStuck = true
    this.#report('error', finding)
  }

  /** True where there was an error that nothing stands in for. */
  get isStuck(): boolean {
    return this.#isStuck
  }

  warn({ goesOn: _, ...finding }: Finding): void {
    this.#report('warning', finding)
  }

  #report(severity: Severity, { at = this.definition, field, attribute, fix, ...finding }: Finding): void {
    const written = attribute === undefined ? undefined : this.origins.attributeOf(at, attribute)
    const place =
      written ?? (field === undefined ? undefined : this.origins.placeOf(at, field)) ?? this.#placeOfObject(at)
    const mend = fix && ('edits' in fix ? fix : this.#newValue(at, field, fix))
    const found = { severity, when: 'define' as const, ...finding, ...place, ...(mend && { fix: mend }) }
    this.diagnostics.push(printableFinding(found))
  }

  /** A field that does not stand in the source has nothing to replace. */
  #newValue(at: object, field: string | undefined, { value, safe, title }: NewValue): Fix | undefined {
    const span = field === undefined ? undefined : this.origins.valueOf(at, field)
    return span && { title: title ?? `Write ${value}.`, edits: [{ span, text: escapeXml(value) }], safe }
  }

  #placeOfObject(at: object) {
    const origin = this.origins.of(at)
    return origin?.kind === 'xml' ? { span: origin.span, path: origin.path } : undefined
  }
}
