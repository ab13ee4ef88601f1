import { choice, element, type Infer } from '../../codec/element.ts'
import { child, many, optional, required } from '../../codec/field.ts'
import { oneOf, text } from '../../codec/scalar.ts'

const namedEntry = element('entry', 'A fact by its name.', {
  attributes: { name: optional(text, { doc: 'Which fact of the block it is.' }) },
  value: text,
})

interface Entry {
  readonly name: string | undefined
  readonly value: string | undefined
}

/** A block of SMBIOS: known facts in their order, each once; unknown ones are dropped (formatdomain, "sysinfo"). */
function block(name: string, doc: string, ...facts: string[]) {
  return element(
    name,
    doc,
    { children: { entry: many(namedEntry) } },
    {
      omitEmpty: true,
      settle: ({ fields }) => {
        const given = (fields.entry as readonly Entry[]).filter(({ value }) => value)
        fields.entry = facts.flatMap((fact) => given.filter((it) => it.name === fact).slice(0, 1))
      },
    },
  )
}

const oemStrings = element(
  'oemStrings',
  'Texts for programs in the guest.',
  { children: { entry: many(element('entry', 'A text.', { value: text })) } },
  { omitEmpty: true },
)

const blob = element('entry', 'A blob that the firmware hands to the guest.', {
  attributes: {
    name: required(text, { doc: 'Its name, below opt/.' }),
    file: optional(text, { doc: 'A file that holds it; else the text of the element.' }),
  },
  value: text,
})

/** Facts that the guest reads from its firmware. */
export const sysinfo = element('sysinfo', 'Facts that the guest reads from its firmware.', {
  attributes: {
    type: required(oneOf('smbios', 'fwcfg'), { doc: 'smbios: tables; fwcfg: blobs.', invalid: 'sysinfo/type' }),
  },
  children: {
    by: choice('type', {
      smbios: {
        children: {
          bios: child(block('bios', 'The BIOS (block 0).', 'vendor', 'version', 'date', 'release')),
          system: child(
            block(
              'system',
              'The computer (block 1).',
              'manufacturer',
              'product',
              'version',
              'serial',
              'uuid',
              'sku',
              'family',
            ),
          ),
          baseBoard: many(
            block(
              'baseBoard',
              'A board (block 2).',
              'manufacturer',
              'product',
              'version',
              'serial',
              'asset',
              'location',
            ),
          ),
          chassis: child(block('chassis', 'The case (block 3).', 'manufacturer', 'version', 'serial', 'asset', 'sku')),
          oemStrings: child(oemStrings),
        },
      },
      fwcfg: { children: { entry: many(blob) } },
    }),
  },
})

export type Sysinfo = Infer<typeof sysinfo>
export type Smbios = Extract<Sysinfo, { type: 'smbios' }>
export type FirmwareBlobs = Extract<Sysinfo, { type: 'fwcfg' }>
