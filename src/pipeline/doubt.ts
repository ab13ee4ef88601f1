import type { Context } from '../context/context.ts'
import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import { implicitRule } from '../origin/origin.ts'
import { own } from '../own.ts'

/** Findings of a room that are about another unit of the domain: in doubt where that one is. */
const leansOn: { readonly [room: string]: readonly string[] } = {
  address: ['controller', 'hub'],
  audio: ['graphics'],
  boot: ['os'],
  controller: ['controller'],
  iothread: ['iothreads', 'iothreadids'],
  memory: ['memory', 'maxMemory', 'currentMemory', 'memoryBacking', 'cpu', 'numatune'],
  sound: ['audio'],
}

/** Sections that all others ask: without them nothing that follows would make sense. */
const basis = new Set(['', 'os', 'devices'])

interface Unit {
  /** The element's name below `<domain>` or `<devices>`. */
  readonly name: string
  readonly path: string
  readonly isDevice: boolean
}

/**
 * What errors of reading leave in doubt. A unit (a section, a device) that could not be read is taken out, so that the rest is
 * checked as well: everything is told at once. Findings that may be there only for what was taken out are not told.
 */
export class Doubt {
  readonly #units: ReadonlyMap<string, Unit>
  readonly #names: ReadonlySet<string>
  readonly #sections: ReadonlySet<string>

  /** @param unread paths of what could not be read */
  constructor(unread: readonly string[]) {
    const units = unread.map(unitOf)
    this.#units = new Map(units.map((unit) => [unit.path, unit]))
    this.#names = new Set(units.map(({ name }) => name))
    this.#sections = new Set(units.filter(({ isDevice }) => !isDevice).map(({ name }) => name))
  }

  /** True where what was read is no basis for any other check. */
  get isTotal(): boolean {
    return [...this.#units.values()].some(({ name, isDevice }) => !isDevice && basis.has(name))
  }

  /** Takes out of the definition what is in doubt. */
  takeOut(context: Context): void {
    const { definition, origins } = context
    const reason = implicitRule('doubt')
    const pathOf = (it: object) => {
      const origin = origins.of(it)
      return origin?.kind === 'xml' ? origin.path : undefined
    }
    for (const list of [...Object.values(definition.devices), ...Object.values(definition)]) {
      if (!Array.isArray(list)) continue
      for (const unit of [...(list as readonly object[])]) {
        if (this.#units.has(pathOf(unit) ?? '')) context.remove(list as readonly object[], unit)
      }
    }
    for (const [key, value] of Object.entries(definition) as [keyof typeof definition, unknown][]) {
      const path = typeof value === 'object' && value !== null ? pathOf(value) : undefined
      // By its name: what stands several times may be read as one.
      if (path !== undefined && this.#sections.has(unitOf(path).name))
        context.set(definition, key, undefined as never, reason)
    }
    // A guest has a name.
    if (definition.name === undefined) context.set(definition, 'name', 'domain', reason)
  }

  /** True for a finding that holds whatever was meant by what could not be read. */
  isCertain({ code, path, span, fix }: Diagnostic): boolean {
    if (span === undefined || path === undefined) return false
    const unit = unitOf(path)
    if (unit.name === '' || this.#units.has(unit.path)) return false
    // A slip of the pen is one for every QEMU; whether this QEMU is the right one is asked of a domain that can be read.
    if (unit.name === 'os') return fix !== undefined
    const sections = [...this.#units.values()].some(({ isDevice }) => !isDevice)
    const room = code.slice(0, code.indexOf('/'))
    if (sections && (!unit.isDevice || room !== unit.name)) return false
    return !own(leansOn, room)?.some((name) => this.#names.has(name))
  }
}

function unitOf(path: string): Unit {
  const [, , section = '', device] = path.split('/')
  const plain = (step: string) => step.replace(/\[\d+\]$/, '')
  if (section !== 'devices' || device === undefined || device.startsWith('@')) {
    const name = section.startsWith('@') ? '' : section
    return { name: plain(name), path: `/domain/${name}`, isDevice: false }
  }
  return { name: plain(device), path: `/domain/devices/${device}`, isDevice: true }
}
