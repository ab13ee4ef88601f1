import type { Capabilities } from '../capabilities/capabilities.ts'
import { versionText } from '../capabilities/capabilities.ts'
import type { Flag } from '../capabilities/flags.ts'
import type { AttributeField, FieldOptions } from '../codec/description.ts'
import { docOf } from '../codec/field.ts'
import type { Scalar } from '../codec/scalar.ts'
import { kinds } from '../devices/registry.ts'
import { own } from '../own.ts'
import type { Described } from './description.ts'
import type { Outline } from './outline.ts'

interface Gated {
  readonly path: string
  readonly needs: Flag
  readonly what: string
}

/** Paths are written relative to the device, an attribute with or without a slash before its `@`. */
const normal = (path: string) => path.replace(/\/?@/g, '/').replace(/^[./]+/, '')

/** What of a device, by its path inside it, needs a capability of QEMU. */
function gatesAt(chain: readonly Outline[], attribute?: string): readonly Gated[] {
  const [, devices, device, ...rest] = chain
  if (devices?.name !== 'devices' || device === undefined || !(device.name in kinds)) return []
  const kind = kinds[device.name as keyof typeof kinds]
  const gates: readonly Gated[] = 'gates' in kind ? kind.gates : []
  const path = [...rest.map(({ name }) => name), ...(attribute === undefined ? [] : [attribute])].join('/')
  return gates.filter((gate) => normal(gate.path) === path)
}

/** What this QEMU says to what is gated here: a line a capability. */
export function gateLines(chain: readonly Outline[], attribute: string | undefined, qemu?: Capabilities): string[] {
  return gatesAt(chain, attribute).map(({ needs, what }) => {
    const need = `QEMU: ${what} needs \`${needs}\``
    if (qemu === undefined) return `${need}.`
    return `${need}; ${versionText(qemu.version)} ${qemu.has(needs) ? 'has it' : '**does not have it**'}.`
  })
}

/** An element's page in short, as Markdown. */
export function elementDoc({ name, element, field, value }: Described, gates: readonly string[]): string {
  const parts = [`**\`<${name}>\`**`, element?.doc, field && docOf(field)]
  if (value !== undefined) parts.push(`Text: ${value.doc}.`)
  return joined([...parts, ...gates])
}

/** An attribute's row, as Markdown. */
export function attributeDoc(
  element: string,
  name: string,
  field: AttributeField<unknown>,
  gates: readonly string[],
): string {
  const presence =
    field.presence === 'default'
      ? `Default: \`${field.scalar.format(field.fallback)}\`.`
      : `${capital(field.presence)}.`
  return joined([
    `**\`${name}\`** of \`<${element}>\``,
    docOf(field as FieldOptions),
    `Value: ${field.scalar.doc}.`,
    presence,
    ...gates,
  ])
}

/** Since when libvirt has one of the values, where it is newer than the rest. */
export function valueDetail({ newer }: Scalar<unknown>, word: string): string | undefined {
  const since = newer && own(newer, word)
  return since === undefined ? undefined : `since libvirt ${since}`
}

function joined(parts: readonly (string | undefined)[]): string {
  return parts.filter((part): part is string => part !== undefined && part !== '').join('\n\n')
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
