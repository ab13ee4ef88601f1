import { element } from '../../codec/element.ts'
import { child, many, optional, required } from '../../codec/field.ts'
import { nonEmpty, oneOf, pattern, text } from '../../codec/scalar.ts'

/** Elements beyond libvirt's promise, for QEMU alone (drvqemu, "QEMU driver specific extensions"). */
export const qemuUri = 'http://libvirt.org/schemas/domain/qemu/1.0'

const namespace = { prefix: 'qemu', uri: qemuUri } as const

const arg = element(
  'arg',
  'An argument added at the end.',
  { attributes: { value: required(text, { keepsEmpty: true, doc: 'The word as QEMU gets it; nothing checks it.' }) } },
  { namespace },
)

const env = element(
  'env',
  'A variable of the environment.',
  {
    attributes: {
      name: required(pattern(/^[a-zA-Z_][a-zA-Z0-9_]*$/, 'the name of a variable'), {
        invalid: 'qemu/env-name',
        doc: 'Its name.',
      }),
      value: optional(text, { doc: 'Its value; empty where absent.' }),
    },
  },
  { namespace },
)

const commandline = element(
  'commandline',
  'Arguments and environment of the user.',
  { children: { arg: many(arg), env: many(env) } },
  { namespace, omitEmpty: true },
)

const add = element(
  'add',
  'A capability that QEMU shall have.',
  { attributes: { capability: required(text, { keepsEmpty: true, doc: "libvirt's name of the capability." }) } },
  { namespace },
)
const del = element(
  'del',
  'A capability that QEMU shall lack.',
  { attributes: { capability: required(text, { keepsEmpty: true, doc: "libvirt's name of the capability." }) } },
  { namespace },
)

const capabilities = element(
  'capabilities',
  "Changes to what libvirt knows of QEMU's abilities.",
  { children: { add: many(add), del: many(del) } },
  { namespace, omitEmpty: true },
)

const property = element(
  'property',
  'A property of a device.',
  {
    attributes: {
      name: required(nonEmpty, { doc: "QEMU's name of the property." }),
      type: required(oneOf('string', 'unsigned', 'signed', 'bool', 'remove'), {
        invalid: 'qemu/override-type',
        doc: 'How the value is written; remove: the property is left out.',
      }),
      value: optional(text, { doc: 'Its value, of that type.' }),
    },
  },
  {
    namespace,
    settle: ({ fields, error }) => {
      const { type, value } = fields
      const wrong = (problem: string) =>
        error({ code: 'qemu/override-value', message: `The property ${fields.name} ${problem}.`, attribute: 'value' })
      if (type === 'remove') {
        if (value !== undefined) wrong('is removed, so it has no value')
      } else if (typeof value !== 'string') wrong('needs a value')
      else if (type === 'unsigned' && !/^\d+$/.test(value)) wrong('is unsigned: a whole number')
      else if (type === 'signed' && !/^-?\d+$/.test(value)) wrong('is signed: a whole number')
      else if (type === 'bool' && value !== 'true' && value !== 'false') wrong('is either true or false')
    },
  },
)

const frontend = element(
  'frontend',
  "Properties of QEMU's device.",
  { children: { property: many(property) } },
  { namespace, omitEmpty: true },
)

const device = element(
  'device',
  'A device by its alias.',
  {
    attributes: { alias: required(nonEmpty, { doc: 'The alias of the device that is meant.' }) },
    children: { frontend: child(frontend) },
  },
  { namespace },
)

const override = element(
  'override',
  'Properties that replace those that libvirt chose.',
  { children: { device: many(device) } },
  { namespace, omitEmpty: true },
)

const deprecation = element(
  'deprecation',
  'What QEMU does with input that is deprecated.',
  {
    attributes: {
      behavior: required(oneOf('none', 'omit', 'reject', 'crash'), {
        invalid: 'qemu/deprecation',
        doc: 'none: takes them; omit: hides them from answers; reject: refuses them; crash: ends QEMU.',
      }),
    },
  },
  { namespace },
)

export const qemuNamespace = {
  commandline: child(commandline, { merges: true }),
  capabilities: child(capabilities, { merges: true }),
  override: child(override, { merges: true }),
  deprecation: child(deprecation),
} as const

/** The namespace is declared on `<domain>` where one of its elements prints. */
export function qemuDeclaration(
  domain: { readonly [K in keyof typeof qemuNamespace]?: object | undefined },
): string | undefined {
  const {
    commandline: line,
    capabilities: flags,
    override: devices,
  } = domain as {
    commandline?: { arg: unknown[]; env: unknown[] }
    capabilities?: { add: unknown[]; del: unknown[] }
    override?: { device: unknown[] }
  }
  const used =
    (line && line.arg.length + line.env.length > 0) ||
    (flags && flags.add.length + flags.del.length > 0) ||
    (devices && devices.device.length > 0) ||
    domain.deprecation !== undefined
  return used ? qemuUri : undefined
}
