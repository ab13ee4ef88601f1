import { eachFilledOf } from '../codec/filled.ts'
import type { KindName } from '../context/context.ts'
import type { Device, DeviceKind, Section } from '../context/unit.ts'
import { kinds } from '../devices/registry.ts'
import { type Dated, holds, type Period } from '../release/dated.ts'
import type { Release } from '../release/release.ts'
import { deviceRules, rules } from '../rules/registry.ts'
import { sections } from '../sections/registry.ts'
import {
  argvMoves,
  argvOrder,
  ccwOrder,
  iterateOrder,
  numberedFirst,
  pciOrder,
  type SectionName,
  type SlotName,
  sectionOrder,
  usbOrder,
} from './order.ts'
import type { Plan, PlannedWalk } from './planned.ts'
import { printersOf, type SharedSlot } from './printers.ts'
import { stepsOf } from './steps.ts'

type Kinds = { readonly [K in KindName]: DeviceKind<Device> }

const everyKind = kinds as unknown as Kinds
const everySection: { readonly [S in SectionName]: Section } = sections
const plans = new Map<number, Plan>()

/** What a release does, in order; made once for each release. */
export function planFor(release: Release): Plan {
  let plan = plans.get(release.rank)
  if (plan === undefined) {
    plan = makePlan(release)
    plans.set(release.rank, plan)
  }
  return plan
}

function makePlan(release: Release): Plan {
  const ownKinds = filtered(everyKind, release)
  const ownSections = filtered(everySection, release)
  const units = [...sectionOrder.map((name) => ownSections[name]), ...iterateOrder.map((name) => ownKinds[name])]
  return {
    release,
    kinds: ownKinds,
    steps: stepsOf(units, current(rules, release)),
    deviceRules: current(deviceRules, release),
    numberedFirst,
    walks: walksOf(ownKinds, release),
    printers: printersOf(moved(release), { ...ownSections, ...ownKinds }),
    at: <T>(value: Dated<T>) => value.at(release),
  }
}

const current = <T extends Period>(rows: readonly T[], release: Release): readonly T[] =>
  rows.filter((row) => holds(row, release))

/**
 * Units whose lists of rows are those of the release: every list in a unit is a list of dated rows. All of them get the
 * same keys, for stages look at units of all names in the same few places (see `codec/same-keys.ts`).
 */
function filtered<N extends string, U extends Section>(
  units: { readonly [name in N]: U },
  release: Release,
): { readonly [name in N]: U } {
  const keys = new Set(Object.values<U>(units).flatMap((unit) => Object.keys(unit) as (keyof U)[]))
  const one = (unit: U): U => {
    const parts = Array.from(keys, (key) => [key, currentPart(unit[key], release)])
    return Object.fromEntries(parts) as U
  }
  const entries = Object.entries<U>(units).map(([name, unit]) => [name, one(unit)])
  return Object.fromEntries(entries) as { readonly [name in N]: U }
}

const currentPart = (part: unknown, release: Release) => (Array.isArray(part) ? current(part, release) : part)

/** The order of the command line in a release. */
function moved(release: Release): (SlotName | SharedSlot)[] {
  const order = [...argvOrder]
  for (const { slot, after } of current(argvMoves, release)) {
    order.splice(order.indexOf(slot), 1)
    order.splice(order.indexOf(after) + 1, 0, slot)
  }
  return order
}

function walksOf(every: Kinds, release: Release): Plan['walks'] {
  const planned = (order: readonly KindName[], takesPart: (kind: DeviceKind<Device>) => unknown): PlannedWalk => {
    const kinds = order.map((name) => ({ name, kind: every[name] })).filter(({ kind }) => takesPart(kind) !== undefined)
    return { kinds, each: eachFilledOf(kinds, ({ name }) => name) }
  }
  return {
    all: planned(iterateOrder, (kind) => kind),
    defaults: planned(iterateOrder, ({ defaults }) => defaults),
    checks: planned(iterateOrder, ({ gates, deviceChecks, check }) => gates ?? deviceChecks ?? check),
    resolve: planned(iterateOrder, ({ resolveDevice }) => resolveDevice),
    prepare: planned(iterateOrder, ({ prepareDevice }) => prepareDevice),
    launch: planned(iterateOrder, ({ launchDevice }) => launchDevice),
    boot: planned(iterateOrder, ({ bootsAs }) => bootsAs),
    // A place that a user gave to any other device is taken, too: on PCI, in ccw, of virtual I/O and on virtio-serial.
    pci: planned([...new Set([...pciOrder, ...iterateOrder])], (kind) => kind),
    ccw: planned([...new Set([...ccwOrder, ...iterateOrder])], (kind) => kind),
    usb: planned(usbOrder.at(release), ({ usb }) => usb),
    dimm: planned(iterateOrder, ({ dimm }) => dimm),
    'spapr-vio': planned(iterateOrder, (kind) => kind),
    'virtio-serial': planned(iterateOrder, (kind) => kind),
  } satisfies Plan['walks']
}
