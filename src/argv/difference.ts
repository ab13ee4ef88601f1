import { type Argument, argumentText, type CommandLine } from './command-line.ts'

/** What a difference means: for the guest, for how the host serves it, or for nobody (another spelling of the same). */
export type DifferenceGroup = 'guest' | 'host' | 'spelling'

export interface Difference {
  readonly group: DifferenceGroup
  readonly option: string
  /** With secrets as `***`; undefined where the option stands on one side only. */
  readonly before: string | undefined
  readonly after: string | undefined
}

interface Option {
  readonly option: string
  /** The option as a user sees it, secrets hidden. */
  readonly shown: string
  readonly properties: ReadonlyMap<string, string>
  /** What it is about, so that both sides can be matched. */
  readonly key: string
}

/** Options by which the guest's hardware is made; all others are how the host serves it. */
const guestOptions = new Set(
  '-device -machine -accel -cpu -m -smp -smbios -global -rtc -boot -uuid -numa -no-acpi -acpitable -fw_cfg -bios -kernel -initrd -append -dtb -nodefaults -no-hpet -vga -usb -drive'.split(
    ' ',
  ),
)

/** Properties of a guest's option that name only what serves it on the host. */
const hostProperties = new Set(['drive', 'netdev', 'chardev', 'audiodev', 'memdev', 'id', 'fd', 'vhostfd', 'vhostfds'])

/** What changes from one command line to another, in the order of the options; equal ones are left out. */
export function differences(before: CommandLine, after: CommandLine): Difference[] {
  const old = optionsOf(before)
  const rest = new Map<string, Option[]>()
  for (const one of optionsOf(after)) rest.set(one.key, [...(rest.get(one.key) ?? []), one])
  const found: Difference[] = []
  for (const one of old) {
    const other = rest.get(one.key)?.shift()
    if (other?.shown === one.shown) continue
    found.push({ group: groupOf(one, other), option: one.option, before: one.shown, after: other?.shown })
  }
  for (const one of [...rest.values()].flat()) {
    found.push({ group: groupOf(one, undefined), option: one.option, before: undefined, after: one.shown })
  }
  return found
}

function groupOf(one: Option, other: Option | undefined): DifferenceGroup {
  const names = new Set([...one.properties.keys(), ...(other?.properties.keys() ?? [])])
  const changed = [...names].filter((name) => one.properties.get(name) !== other?.properties.get(name))
  if (other !== undefined && changed.length === 0) return 'spelling'
  if (!guestOptions.has(one.option)) return 'host'
  return other !== undefined && changed.every((name) => hostProperties.has(name)) ? 'host' : 'guest'
}

function optionsOf({ args }: CommandLine): Option[] {
  const options: Option[] = []
  for (let index = 0; index < args.length; index++) {
    const name = argumentText(args[index]!, true)
    const next = args[index + 1]
    const value = next?.kind === 'value' ? next : undefined
    if (value !== undefined) index++
    options.push(optionOf(name, value))
  }
  return options
}

function optionOf(option: string, argument: Argument | undefined): Option {
  const value = argument === undefined ? '' : argumentText(argument, true)
  const properties = propertiesOf(value)
  const id = properties.get('id') ?? properties.get('node-name') ?? ''
  return { option, shown: value === '' ? option : `${option} ${value}`, properties, key: `${option} ${id}` }
}

/** A value as names and texts, whether it is JSON or `key=value`. */
function propertiesOf(value: string): Map<string, string> {
  const found = new Map<string, string>()
  const json = value.startsWith('{') ? jsonOf(value) : undefined
  if (json !== undefined) flatten('', json, found)
  else {
    for (const [position, part] of value.split(/(?<!,),(?!,)/).entries()) {
      const at = part.indexOf('=')
      // The first word stands without its name: JSON calls it driver, qom-type, type or backend.
      if (at < 0) found.set(position === 0 ? first : part, position === 0 ? part : 'on')
      else found.set(part.slice(0, at), unit(part.slice(at + 1)))
    }
  }
  return found
}

/** Undefined where it is none: a user's own argument may be any text. */
function jsonOf(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    return undefined
  }
}

const first = 'driver'
const firstNames = new Set(['qom-type', 'type', 'backend'])

function flatten(path: string, value: unknown, out: Map<string, string>): void {
  if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) flatten(path === '' ? name : `${path}.${name}`, inner, out)
  } else out.set(firstNames.has(path) ? first : path, unit(String(value)))
}

/** One spelling of a truth; numbers in decimal. */
function unit(text: string): string {
  if (text === 'true' || text === 'yes') return 'on'
  if (text === 'false' || text === 'no') return 'off'
  return /^0x[0-9a-f]{1,12}$/i.test(text) ? String(Number(text)) : text
}
