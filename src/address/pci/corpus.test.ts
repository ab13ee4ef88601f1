/**
 * The engine against libvirt's goldens. What a device asks for is read off the golden (the kind of bus it sits on);
 * what the user gave is read off the input; where it must end is the golden's own address.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { shared, skippedWithoutShared } from '../../../tests/shared.ts'
import { readXml } from '../../xml/read.ts'
import { attributeOf, elementsOf, type XmlElement } from '../../xml/tree.ts'
import { assignPci } from './assign.ts'
import type { PciAddress, PciController, PciControllerModel, PciRequest, PciTopology, ZpciWish } from './types.ts'

const skipped = skippedWithoutShared('PCI engine against the goldens')
const data = join(shared ?? '', 'corpus/qemuxmlconfdata')

const get = (element: XmlElement, name: string) => attributeOf(element, name)?.value
const child = (element: XmlElement | undefined, ...path: string[]): XmlElement | undefined =>
  path.reduce<XmlElement | undefined>((at, name) => at && elementsOf(at).find((e) => e.local === name), element)
const number = (text: string | undefined) => (text === undefined ? undefined : Number(text))
const root = (file: string) => readXml(readFileSync(join(data, file))).root

function addressOf(device: XmlElement): PciAddress | undefined {
  const address = child(device, 'address')
  if (!address || get(address, 'type') !== 'pci') return undefined
  const part = (name: string) => Number(get(address, name) ?? 0)
  const found = { domain: part('domain'), bus: part('bus'), slot: part('slot'), function: part('function') }
  return found.bus + found.slot + found.function === 0 ? undefined : found
}

const zpciOf = (device: XmlElement): ZpciWish | undefined => {
  const zpci = child(device, 'address', 'zpci')
  if (!zpci) return undefined
  const uid = number(get(zpci, 'uid'))
  const fid = number(get(zpci, 'fid'))
  return { ...(uid === undefined ? {} : { uid }), ...(fid === undefined ? {} : { fid }) }
}

const multifunctionOf = (device: XmlElement): boolean | undefined => {
  const value = child(device, 'address') && get(child(device, 'address')!, 'multifunction')
  return value === undefined ? undefined : value === 'on'
}

const show = (a: PciAddress) => `${a.bus.toString(16)}:${a.slot.toString(16)}.${a.function}`
const isPciController = (device: XmlElement) => device.local === 'controller' && get(device, 'type') === 'pci'

/** The order in which devices without an address get one, as the goldens show it. */
const ORDER = ['filesystem', 'interface', 'sound', 'controller', 'disk', 'hostdev', 'memballoon', 'rng', 'watchdog']
ORDER.push('video', 'shmem', 'input', 'serial', 'panic', 'vsock', 'memory', 'crypto', 'iommu', 'pstore')

function controllersOf(domain: XmlElement): PciController[] {
  const found: PciController[] = []
  const wanted = elementsOf(child(domain, 'devices')!).filter(isPciController)
  const taken = new Set(wanted.flatMap((c) => number(get(c, 'index')) ?? []))
  for (const element of wanted) {
    let index = number(get(element, 'index'))
    for (let free = 0; index === undefined; free++) if (!taken.has(free)) index = free
    taken.add(index)
    const target = child(element, 'target')
    const targetNumbers = Object.fromEntries(
      ['chassis', 'chassisNr', 'port', 'busNr', 'index'].flatMap((key) => {
        const value = target && number(get(target, key))
        return value === undefined ? [] : [[key, value]]
      }),
    )
    const hotplug = target && get(target, 'hotplug')
    found.push({
      id: `pci ${index}`,
      index,
      model: (get(element, 'model') ?? 'pci-root') as PciControllerModel,
      ...optional('address', addressOf(element)),
      ...optional('zpci', zpciOf(element)),
      ...optional('multifunction', multifunctionOf(element)),
      ...optional('modelName', child(element, 'model') && get(child(element, 'model')!, 'name')),
      target: { ...targetNumbers, ...optional('hotplug', hotplug === undefined ? undefined : hotplug === 'on') },
    })
  }
  return found
}

const optional = <K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { [P in K]?: V }

function scenario(input: XmlElement, golden: XmlElement) {
  const machine = get(child(golden, 'os', 'type')!, 'machine')!
  const arch = get(child(golden, 'os', 'type')!, 'arch')!
  const goldenControllers = controllersOf(golden)
  const models = new Map(goldenControllers.map((c) => [c.index, c.model]))
  const isQ35 = machine.includes('q35')
  const isI440fx = !isQ35 && arch !== 'ppc64' && arch !== 's390x' && models.get(0) === 'pci-root'
  const at = (slot: number, fn = 0): PciAddress => ({ bus: 0, slot, function: fn })
  const topology: PciTopology = {
    root: (models.get(0) as 'pci-root' | 'pcie-root' | undefined) ?? 'none',
    hostBridges: machine.startsWith('pseries') ? 'many' : 'one',
    controllers: controllersOf(input),
    reservations: [
      ...(isI440fx ? [{ address: at(1), holder: 'ISA bridge' }] : []),
      ...(isQ35 ? [0, 2, 3].map((fn) => ({ address: at(0x1f, fn), holder: `ICH9 function ${fn}` })) : []),
    ],
    preferredSlots: isQ35 ? { 'dmi-to-pci-bridge': [at(0x1e)] } : {},
    capabilities: { pciePciBridge: true, pcieRootPort: true },
    zpci: arch === 's390x',
    isolation: machine.startsWith('pseries'),
  }
  const given = new Map<string, boolean | undefined>()
  for (const device of elementsOf(child(input, 'devices')!)) {
    const address = addressOf(device)
    if (address) given.set(`${device.local} ${show(address)}`, multifunctionOf(device))
  }
  const inputZpci = (kind: string) =>
    elementsOf(child(input, 'devices')!)
      .filter((d) => d.local === kind)
      .map(zpciOf)
  const expected = new Map<
    string,
    { address: string; multifunction: boolean | undefined; zpci: ZpciWish | undefined }
  >()
  const requests: (PciRequest & { order: number })[] = []
  const groups = new Map<string, number>()
  let primaryVideo = true
  const seen = new Map<string, number>()
  elementsOf(child(golden, 'devices')!).forEach((device, position) => {
    const nth = seen.get(device.local) ?? 0
    seen.set(device.local, nth + 1)
    const address = addressOf(device)
    // a console that mirrors a serial shows the serial's address
    if (!address || isPciController(device) || device.local === 'console') return
    const id = `${device.local} ${position}`
    const model = models.get(address.bus)!
    const isGiven = given.has(`${device.local} ${show(address)}`)
    const ich9 = get(device, 'type') === 'usb' && (get(device, 'model') ?? '').startsWith('ich9')
    const builtIn =
      (isQ35 && get(device, 'type') === 'sata' && get(device, 'index') === '0') ||
      (isI440fx && address.slot === 1 && address.bus === 0)
    const isPrimary = device.local === 'video' && primaryVideo
    if (device.local === 'video') primaryVideo = false
    const preferred: PciAddress[] = []
    if (isPrimary && isI440fx) preferred.push(at(2))
    if (isPrimary && isQ35) preferred.push(at(1))
    if (ich9 && isQ35) preferred.push(at(0x1d), at(0x1a))
    if (device.local === 'sound' && isQ35) preferred.push(at(0x1b))
    // devices of one host slot are one group, which is what pseries goldens assume
    const host = child(device, 'source', 'address')
    const isHost = device.local === 'hostdev' || get(device, 'type') === 'hostdev'
    const group = host && isHost ? `${get(host, 'domain')} ${get(host, 'bus')} ${get(host, 'slot')}` : undefined
    if (group && !groups.has(group)) groups.set(group, groups.size + 1)
    requests.push({
      order: ORDER.indexOf(device.local),
      id,
      plug: model === 'pcie-root' || model === 'pcie-root-port' || model.includes('switch') ? 'pcie' : 'pci',
      ...(isGiven || builtIn ? { address } : {}),
      ...(isGiven ? optional('multifunction', given.get(`${device.local} ${show(address)}`)) : {}),
      ...(arch === 's390x' ? optional('zpci', inputZpci(device.local)[nth]) : {}),
      ...(builtIn ? { builtIn } : {}),
      ...(isPrimary && preferred.length > 0 ? { first: true } : {}),
      ...(preferred.length > 0 ? { preferred } : {}),
      ...(ich9 ? { sharedSlot: { key: `usb ${get(device, 'index')}`, function: address.function } } : {}),
      ...(model === 'pcie-root' && !isGiven ? { integrated: true } : {}),
      ...(group ? { isolationGroup: groups.get(group)! } : {}),
    })
    expected.set(id, { address: show(address), multifunction: multifunctionOf(device), zpci: zpciOf(device) })
  })
  requests.sort((a, b) => a.order - b.order)
  return { topology, requests, expected, goldenControllers, golden }
}

/** `.ARCH-VERSION.xml` after the name of the input. */
const GOLDEN = /\.[a-z0-9_]+-(latest|\d+\.\d+\.\d+)(\.[a-z+-]+)?\.xml$/
const goldens = !skipped ? readdirSync(data).filter((file) => GOLDEN.test(file)) : []

describe.skipIf(skipped)('PCI engine against the goldens', () => {
  test.each(goldens)('%s', (file) => {
    const input = root(`${file.replace(GOLDEN, '')}.xml`)
    const golden = root(file)
    if (!input || !golden || !child(input, 'devices') || !child(golden, 'devices')) return
    const { topology, requests, expected, goldenControllers } = scenario(input, golden)
    const result = assignPci(topology, requests)
    expect(result.problems).toEqual([])
    const placed = [...result.addresses].map(([id, p]) => [
      id,
      { address: show(p.address), multifunction: p.multifunction, zpci: p.zpci },
    ])
    expect(Object.fromEntries(placed)).toEqual(Object.fromEntries(expected))
    const controllers = result.controllers.map((c) => ({
      index: c.index,
      model: c.model,
      address: c.place && show(c.place.address),
      multifunction: c.place?.multifunction,
      zpci: c.place?.zpci,
      modelName: c.modelName,
      target: c.target,
    }))
    const wanted = goldenControllers.map((c) => ({
      index: c.index,
      model: c.model,
      address: c.address && show(c.address),
      multifunction: c.multifunction,
      zpci: c.zpci,
      modelName: c.modelName,
      target: c.target ?? {},
    }))
    if (topology.root !== 'none') expect(controllers).toEqual(wanted.sort((a, b) => a.index - b.index))
  })
})
