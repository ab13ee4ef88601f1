import { countOf, type JsonObject, objectOf, objectsOf, textOf } from '../json/loose.ts'
import { own } from '../own.ts'
import { type Arch, isArch, type QemuVersion } from './capabilities.ts'
import { answerTo, type Dialogue, type Question, type Session } from './dialogue.ts'
import { lazy } from './lazy.ts'
import { type Schema, schemaOf } from './schema.ts'

/** What no QEMU answers and only the host knows. */
export interface HostAnswers {
  /** The host is a Mac whose Hypervisor.framework QEMU can use. */
  readonly hvf?: boolean
  /** KVM can run guests of Intel TDX. */
  readonly tdx?: boolean
}

/** The answers of a dialogue, indexed for the questions that rows ask. Everything is read on first use. */
export interface Facts {
  readonly version: QemuVersion | undefined
  readonly package: string
  readonly arch: Arch | undefined
  /** QEMU can use the host's KVM. */
  readonly kvm: boolean
  readonly host: HostAnswers
  readonly types: ReadonlySet<string>
  readonly schema: Schema
  /** Whether QEMU answered a question at all, without an error. */
  answers(question: Question): boolean
  deviceProperty(type: string, property: string): JsonObject | undefined
  objectProperty(type: string, property: string): JsonObject | undefined
  hasOption(option: string, parameter: string): boolean
  /** The names a command lists: migration capabilities, TPM models, TPM back-ends, CPU models. */
  lists(list: NameList, name: string): boolean
  /** The QOM type of a machine type, its alias resolved (`virt` → `virt-8.2-machine`). */
  machineType(name: string): string
}

/** Commands that answer with a list of names, and the member that holds the name where the list holds objects. */
export const nameLists = {
  'query-migrate-capabilities': 'capability',
  'query-tpm-models': undefined,
  'query-tpm-types': undefined,
  'query-cpu-definitions': 'name',
} as const satisfies Record<string, string | undefined>

export type NameList = keyof typeof nameLists

export function factsOf(dialogue: Dialogue, host: HostAnswers = {}): Facts {
  const session = dialogue.sessions[0]
  const ask = (execute: string) => answerTo(session, { execute })
  const properties = once((key: string) => propertiesOf(session, JSON.parse(key)))
  const property = (execute: string, typename: string, name: string) =>
    properties(JSON.stringify({ execute, arguments: { typename } })).get(name)
  const types = lazy(() => new Set(namesIn(objectsOf(ask('qom-list-types')), 'name')))
  const schema = lazy(() => schemaOf(ask('query-qmp-schema')))
  const options = lazy(() => optionsOf(objectsOf(ask('query-command-line-options'))))
  const lists = once((command: string) => {
    const member = nameLists[command as NameList]
    const answer = ask(command)
    const items = member === undefined ? answer : namesIn(objectsOf(answer), member)
    return new Set(Array.isArray(items) ? items : [])
  })
  const aliases = lazy(() => aliasesOf(objectsOf(ask('query-machines'))))
  const kvm = objectOf(ask('query-kvm'))
  const version = objectOf(ask('query-version'))
  return {
    version: versionOf(objectOf(version.qemu)),
    package: textOf(version.package) ?? '',
    arch: archOfTarget(textOf(objectOf(ask('query-target')).arch)),
    kvm: kvm.present === true && kvm.enabled === true,
    host,
    get types() {
      return types()
    },
    get schema() {
      return schema()
    },
    answers: (question) => answerTo(session, question) !== undefined,
    deviceProperty: (type, name) => property('device-list-properties', type, name),
    objectProperty: (type, name) => property('qom-list-properties', type, name),
    hasOption: (option, parameter) => options().get(option)?.has(parameter) ?? false,
    lists: (list, name) => lists(list).has(name),
    machineType: (name) => `${aliases().get(name) ?? name}-machine`,
  }
}

/** QEMU's target names that differ from libvirt's architecture names. */
const targets: Readonly<Record<string, Arch>> = {
  i386: 'i686',
  arm: 'armv7l',
  or1k: 'openrisc',
  hppa: 'parisc',
}

export function archOfTarget(target: string | undefined): Arch | undefined {
  if (target === undefined) return undefined
  return own(targets, target) ?? (isArch(target) ? target : undefined)
}

function versionOf(qemu: JsonObject): QemuVersion | undefined {
  const [major, minor, micro] = [countOf(qemu.major), countOf(qemu.minor), countOf(qemu.micro)]
  if (major === undefined || minor === undefined || micro === undefined) return undefined
  return { major, minor, micro }
}

function propertiesOf(session: Session | undefined, question: Question): ReadonlyMap<string, JsonObject> {
  return new Map(objectsOf(answerTo(session, question)).map((entry) => [textOf(entry.name) ?? '', entry]))
}

/** An option may be listed more than once (`drive`); its parameters add up. */
function optionsOf(entries: readonly JsonObject[]): ReadonlyMap<string, ReadonlySet<string>> {
  const options = new Map<string, Set<string>>()
  for (const entry of entries) {
    const name = textOf(entry.option) ?? ''
    const parameters = options.get(name) ?? new Set()
    for (const parameter of namesIn(objectsOf(entry.parameters), 'name')) parameters.add(parameter)
    options.set(name, parameters)
  }
  return options
}

function aliasesOf(machines: readonly JsonObject[]): ReadonlyMap<string, string> {
  const aliases = new Map<string, string>()
  for (const machine of machines) {
    const [alias, name] = [textOf(machine.alias), textOf(machine.name)]
    if (alias !== undefined && name !== undefined && !aliases.has(alias)) aliases.set(alias, name)
  }
  return aliases
}

function namesIn(objects: readonly JsonObject[], member: string): string[] {
  return objects.map((object) => textOf(object[member])).filter((name) => name !== undefined)
}

function once<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>()
  return (key) => {
    const found = made.get(key)
    if (found !== undefined) return found
    const value = make(key)
    made.set(key, value)
    return value
  }
}
