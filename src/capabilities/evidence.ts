import { type Arch, compareVersions, type QemuVersion, versionText } from './capabilities.ts'
import type { Question } from './dialogue.ts'
import type { Facts, HostAnswers, NameList } from './facts.ts'
import type { SchemaPath } from './schema.ts'

/** Where a fact comes from: the build itself, its version alone, or the host on which it answered. */
export type Origin = 'build' | 'version' | 'host'

/** Which answer shows a flag. */
export interface Evidence {
  /** The sort of fact and what it is about: what a knock-out has to remove. */
  readonly fact: Fact
  readonly from: Origin
  /** The evidence in words, in Markdown. */
  readonly text: string
  /** What QEMU has to be asked, given what it answered to the questions that every probe asks. */
  asks(facts: Facts): readonly Question[]
  holds(facts: Facts): boolean
}

export type Fact =
  | { readonly sort: 'type'; readonly name: string }
  | { readonly sort: 'command'; readonly name: string }
  | { readonly sort: 'schema'; readonly path: SchemaPath }
  | { readonly sort: 'device-property'; readonly type: string; readonly property: string }
  | { readonly sort: 'device-default'; readonly type: string; readonly property: string }
  | { readonly sort: 'object-property'; readonly type: string; readonly property: string }
  | { readonly sort: 'machine-property'; readonly machine: string; readonly property: string }
  | { readonly sort: 'option'; readonly option: string; readonly parameter: string }
  | { readonly sort: 'listed'; readonly list: NameList; readonly name: string }
  | { readonly sort: 'answered'; readonly command: string }
  | { readonly sort: 'kvm' }
  | { readonly sort: 'host'; readonly answer: keyof HostAnswers }
  | { readonly sort: 'arch'; readonly arch: Arch }
  | { readonly sort: 'version'; readonly since?: QemuVersion; readonly before?: QemuVersion }
  | { readonly sort: 'unseen' }
  | { readonly sort: 'any' | 'all'; readonly of: readonly Evidence[] }

const nothing: readonly Question[] = []

/** QEMU knows a QOM type: a device, an object, an accelerator. */
export function type(name: string): Evidence {
  return {
    fact: { sort: 'type', name },
    from: 'build',
    text: `\`qom-list-types\` names \`${name}\``,
    asks: () => nothing,
    holds: (facts) => facts.types.has(name),
  }
}

/** The QMP schema has a command. */
export function command(name: string): Evidence {
  return { ...schema(name), fact: { sort: 'command', name }, text: `the QMP command \`${name}\`` }
}

/** The QMP schema has a path: see {@link SchemaPath}. */
export function schema(path: SchemaPath): Evidence {
  return {
    fact: { sort: 'schema', path },
    from: 'build',
    text: `\`query-qmp-schema\` has \`${path}\``,
    asks: () => nothing,
    holds: (facts) => facts.schema.has(path),
  }
}

function listProperties(execute: string, typename: string): (facts: Facts) => readonly Question[] {
  return (facts) => (facts.types.has(typename) ? [{ execute, arguments: { typename } }] : nothing)
}

/** A device has a property. */
export function deviceProperty(typename: string, property: string): Evidence {
  return {
    fact: { sort: 'device-property', type: typename, property },
    from: 'build',
    text: `\`device-list-properties ${typename}\` names \`${property}\``,
    asks: listProperties('device-list-properties', typename),
    holds: (facts) => facts.deviceProperty(typename, property) !== undefined,
  }
}

/** A device's property is off unless it is set. */
export function offByDefault(typename: string, property: string): Evidence {
  return {
    fact: { sort: 'device-default', type: typename, property },
    from: 'build',
    text: `\`device-list-properties ${typename}\` gives \`${property}\` the default \`false\``,
    asks: listProperties('device-list-properties', typename),
    holds: (facts) => facts.deviceProperty(typename, property)?.['default-value'] === false,
  }
}

/** An object has a property. No list of types names one that is abstract, so it is asked of every QEMU. */
export function objectProperty(typename: string, property: string, { isAbstract = false } = {}): Evidence {
  return {
    fact: { sort: 'object-property', type: typename, property },
    from: 'build',
    text: `\`qom-list-properties ${typename}\` names \`${property}\``,
    asks: isAbstract
      ? () => [{ execute: 'qom-list-properties', arguments: { typename } }]
      : listProperties('qom-list-properties', typename),
    holds: (facts) => facts.objectProperty(typename, property) !== undefined,
  }
}

/** A machine type has a property; `machine` may be an alias. */
export function machineProperty(machine: string, property: string): Evidence {
  return {
    fact: { sort: 'machine-property', machine, property },
    from: 'build',
    text: `\`qom-list-properties\` of the machine type \`${machine}\` names \`${property}\``,
    asks: (facts) => listProperties('qom-list-properties', facts.machineType(machine))(facts),
    holds: (facts) => facts.objectProperty(facts.machineType(machine), property) !== undefined,
  }
}

/** A command-line option has a parameter. */
export function option(name: string, parameter: string): Evidence {
  return {
    fact: { sort: 'option', option: name, parameter },
    from: 'build',
    text: `\`query-command-line-options\` has \`${parameter}\` of \`-${name}\``,
    asks: () => nothing,
    holds: (facts) => facts.hasOption(name, parameter),
  }
}

/** A command lists a name. */
export function listed(list: NameList, name: string): Evidence {
  return {
    fact: { sort: 'listed', list, name },
    from: 'build',
    text: `\`${list}\` lists \`${name}\``,
    asks: () => nothing,
    holds: (facts) => facts.lists(list, name),
  }
}

/** The host answers a command that QEMU refuses on hosts without the hardware. */
export function answered(execute: string): Evidence {
  return {
    fact: { sort: 'answered', command: execute },
    from: 'host',
    text: `\`${execute}\` is answered`,
    asks: (facts) => (facts.schema.has(execute) ? [{ execute }] : nothing),
    holds: (facts) => facts.answers({ execute }),
  }
}

export const kvmEnabled: Evidence = {
  fact: { sort: 'kvm' },
  from: 'host',
  text: '`query-kvm` says present and enabled',
  asks: () => nothing,
  holds: (facts) => facts.kvm,
}

export function hostHas(answer: keyof HostAnswers, text: string): Evidence {
  return {
    fact: { sort: 'host', answer },
    from: 'host',
    text,
    asks: () => nothing,
    holds: (facts) => facts.host[answer] === true,
  }
}

export function arch(name: Arch): Evidence {
  return {
    fact: { sort: 'arch', arch: name },
    from: 'build',
    text: `\`query-target\` says \`${name}\``,
    asks: () => nothing,
    holds: (facts) => facts.arch === name,
  }
}

/** Nothing but the version tells: `since` is included, `before` is not. */
export function version(range: { since?: QemuVersion; before?: QemuVersion }): Evidence {
  const { since, before } = range
  const words = [since && `at least ${versionText(since)}`, before && `older than ${versionText(before)}`]
  return {
    fact: { sort: 'version', ...range },
    from: 'version',
    text: `\`query-version\` is ${words.filter((word) => word !== undefined).join(' and ')}`,
    asks: () => nothing,
    holds: (facts) =>
      facts.version !== undefined &&
      (since === undefined || compareVersions(facts.version, since) >= 0) &&
      (before === undefined || compareVersions(facts.version, before) < 0),
  }
}

/** libvirt has the flag, but no QEMU that was asked shows it. */
export const unseen: Evidence = {
  fact: { sort: 'unseen' },
  from: 'build',
  text: 'no QEMU yet',
  asks: () => nothing,
  holds: () => false,
}

export function any(...of: readonly Evidence[]): Evidence {
  return together('any', of, ' or ', (facts) => of.some((evidence) => evidence.holds(facts)))
}

export function all(...of: readonly Evidence[]): Evidence {
  return together('all', of, ' and ', (facts) => of.every((evidence) => evidence.holds(facts)))
}

function together(
  sort: 'any' | 'all',
  of: readonly Evidence[],
  word: string,
  holds: (facts: Facts) => boolean,
): Evidence {
  const from = of.find((evidence) => evidence.from !== 'build')?.from ?? 'build'
  return {
    fact: { sort, of },
    from,
    text: of.map((evidence) => evidence.text).join(word),
    asks: (facts) => of.flatMap((evidence) => evidence.asks(facts)),
    holds,
  }
}
