import { element, type Infer } from '../codec/element.ts'
import { child, optional, required } from '../codec/field.ts'
import { integer } from '../codec/number.ts'
import { onOff, pattern, type Scalar, text, yesNo } from '../codec/scalar.ts'
import { address } from './address.ts'
import { numberRanges } from './number-ranges.ts'

const loadparmText = pattern(/^[a-zA-Z0-9. ]{1,8}$/, 'one to eight letters, digits, dots or spaces', (raw) =>
  raw.toUpperCase(),
)

/** Spaces alone are none (oracle: 11.3, 12.8). */
const loadparm: Scalar<string> = {
  ...loadparmText,
  parse: (raw) => loadparmText.parse(raw.trim() === '' ? '' : raw),
}

const boot = element('boot', "The device's place in the boot order.", {
  attributes: {
    order: required(integer({ min: 1 }), {
      doc: 'Place in the boot order, from 1; unique in the guest.',
      invalid: 'boot/order',
    }),
    loadparm: optional(loadparm, {
      keepsEmpty: true,
      doc: 'Which boot entry of the device (s390x).',
      invalid: 'boot/loadparm',
    }),
  },
})

/** Only a user's alias is part of a definition; libvirt's own is chosen at each start. */
const userAlias: Scalar<string | undefined> = {
  ...text,
  parse: (raw) => (/^ua-[a-zA-Z0-9_-]*$/.test(raw) ? raw : undefined),
  format: (name) => name ?? '',
  doc: '"ua-" and letters, digits, - or _; any other is dropped',
  examples: ['ua-disk', 'ua-1_a'],
}

const alias = element(
  'alias',
  'A name for the device, given by the user.',
  { attributes: { name: optional(userAlias, { doc: 'The name.' }) } },
  { omitEmpty: true },
)

const rom = element(
  'rom',
  'The option ROM of a PCI device.',
  {
    attributes: {
      enabled: optional(yesNo, { doc: 'no: the guest sees no ROM.' }),
      bar: optional(onOff, { doc: "Whether the ROM shows in the guest's memory map." }),
      file: optional(text, { keepsEmpty: true, doc: 'A file that is presented as the ROM.' }),
    },
  },
  { omitEmpty: true },
)

const acpi = element(
  'acpi',
  'ACPI facts of a PCI device.',
  {
    attributes: {
      index: optional(integer({ min: 1 }), {
        invalid: 'address/acpi-index-range',
        doc: 'Stable index of the device for the guest (names eno1, eno2 …).',
      }),
      nodeset: optional(numberRanges('NUMA nodes'), {
        doc: "NUMA nodes of the guest that are the device's (generic initiators of a host device).",
        since: '11.8',
      }),
    },
  },
  { omitEmpty: true },
)

/** What most devices may carry, in the order libvirt prints it. Spread into `children`. */
export const deviceInfo = {
  boot: child(boot),
  alias: child(alias),
  rom: child(rom),
  acpi: child(acpi),
  address: child(address),
} as const

/** The part of it that a device without boot order and ROM has. */
export const plainDeviceInfo = { alias: child(alias), acpi: child(acpi), address: child(address) } as const

export type Boot = Infer<typeof boot>
export type Rom = Infer<typeof rom>
export type Alias = Infer<typeof alias>

/** Any device that may have an alias and an address; `object` lets those pass that have neither (audio, graphics). */
export type Addressable = object & {
  readonly alias?: Alias | undefined
  readonly address?: Infer<typeof address> | undefined
  readonly acpi?: Infer<typeof acpi> | undefined
}
