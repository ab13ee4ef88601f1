import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import { printableFinding } from '../diagnostic/printable.ts'
import { checkerOf } from '../json/check.ts'
import { isObject } from '../json/loose.ts'
import { type JsonSchema, list, type Of, oneOf, record, text } from '../json/shape.ts'
import { readJson } from '../json/text.ts'
import { type CapabilityTable, capabilitiesOf } from './capabilities.ts'
import { isFlag } from './flags.ts'
import type { LoadedCapabilities } from './load-libvirt.ts'
import { tableFields } from './table.ts'

/** The newest format of a capability file; it counts up where an older reader would misread the file. */
const newestFormat = 1

const fileShape = record('A capability table of domxml: what one build of QEMU can do.', {
  format: oneOf('The format of the file.', newestFormat),
  ...tableFields,
  flags: list('What the build can do, one name a flag.', text('A flag.')),
})

type CapabilityFile = Of<typeof fileShape>

/** The JSON Schema of a capability file; `schemas/capabilities.schema.json` is its print. */
export const capabilityFileSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'domxml capability table',
  ...fileShape.schema,
}

const check = checkerOf<CapabilityFile>(capabilityFileSchema, 'capabilities', 'capability file')

/** The text of a capability file. */
export function printCapabilities(table: CapabilityTable): string {
  const file: CapabilityFile = { format: newestFormat, ...table }
  return `${JSON.stringify(file, undefined, 1)}\n`
}

/**
 * Reads a capability file. Flags this project does not know are findings of severity `info`. Raises
 * `capabilities/not-json`, `capabilities/newer-format`, `capabilities/unknown-key`, `capabilities/missing-key`,
 * `capabilities/wrong-type`, `capabilities/bad-value`, `capabilities/unknown-flag`.
 */
export function readCapabilities(input: string): LoadedCapabilities {
  const { value, places, diagnostics } = check(input)
  if (value === undefined) return { diagnostics: newerFormat(input) ?? diagnostics }
  const { format: _, flags, ...rest } = value
  const unknown = flags.flatMap((flag, index): Diagnostic[] => {
    if (isFlag(flag)) return []
    const path = `/flags/${index}`
    const message = `the flag '${flag}' is not known`
    const hint = 'It is ignored: nothing that is built here asks for it.'
    const span = places.get(path)
    return [printableFinding({ code: 'capabilities/unknown-flag', severity: 'info', message, span, path, hint })]
  })
  const capabilities = capabilitiesOf({ ...rest, flags: flags.filter(isFlag) })
  return { capabilities, diagnostics: unknown }
}

/** A file of a newer format fails in many ways: only its format is worth a word. */
function newerFormat(input: string): Diagnostic[] | undefined {
  const json = readJson(input)
  const value = 'message' in json ? undefined : json.value
  const format = isObject(value) ? value.format : undefined
  if ('message' in json || typeof format !== 'number' || format <= newestFormat) return undefined
  const message = `the capability file has format ${format}, and this version reads up to ${newestFormat}`
  const hint = 'Update domxml, or probe the QEMU again with this version.'
  const path = '/format'
  return [{ code: 'capabilities/newer-format', severity: 'error', message, span: json.places.get(path), path, hint }]
}
