import type { Settling } from '../codec/description.ts'
import { element, type Infer } from '../codec/element.ts'
import { child, optional, required } from '../codec/field.ts'
import { hex } from '../codec/number.ts'
import { oneOf, type Problem, type Scalar, secret } from '../codec/scalar.ts'
import { parseUuid, uuid } from '../codec/uuid.ts'

/** domain:bus:slot.function as four attributes (libvirt: formatdomain, "Device addresses", type pci). */
export const pciAddressAttributes = {
  domain: optional(hex(4, { max: 0xffff }), { invalid: 'address/pci-range', doc: 'PCI domain; 0 in a guest.' }),
  bus: optional(hex(2, { max: 0xff }), {
    invalid: 'address/pci-range',
    doc: 'Bus: the index of a PCI controller in a guest.',
  }),
  slot: optional(hex(2, { max: 0x1f }), { invalid: 'address/pci-range', doc: 'Slot (device) on the bus.' }),
  function: optional(hex(1, { max: 7 }), { invalid: 'address/pci-range', doc: 'Function of the slot.' }),
} as const

function parseToken(raw: string): string | Problem {
  if (raw.trim().toLowerCase() === 'auto') {
    return {
      code: 'hostdev/vf-token-auto',
      problem: 'is refused: QEMU would invent a token that matches no VF',
      hint: 'Write the UUID that the driver of the physical function has set.',
    }
  }
  const parsed = parseUuid(raw)
  if (typeof parsed !== 'string')
    return { ...parsed, code: 'hostdev/vf-token-invalid', hint: 'Write 32 hexadecimal digits.' }
  if (/^[0-]*$/.test(parsed)) {
    return {
      code: 'hostdev/vf-token-zero',
      problem: 'is refused: QEMU silently drops the all-zero UUID',
      hint: 'Use a random UUID; `domxml vfio token new` makes one.',
    }
  }
  return parsed
}

const token: Scalar<string> = { ...secret(uuid), parse: parseToken, doc: 'a UUID that is not all zero' }

export const vfToken = element(
  'vf-token',
  'The secret a VF is opened with where its PF is driven from userspace too.',
  {
    attributes: {
      uuid: required(token, {
        doc: 'the UUID that the PF driver has set',
        missing: 'hostdev/vf-token-without-uuid',
      }),
    },
  },
)

/** What is not said of a function of the host is 0. */
function nothingIsZero({ fields }: Settling): void {
  for (const part of ['domain', 'bus', 'slot', 'function']) fields[part] ??= 0
}

/** The address of a host PCI function, with the token that opens it. */
export const hostPciAddress = element(
  'address',
  'A PCI function of the host.',
  { attributes: pciAddressAttributes, children: { 'vf-token': child(vfToken) } },
  { settle: nothingIsZero },
)

/** The same where an `<interface>` stands for the function: the type is written out. */
export const hostInterfaceAddress = element(
  'address',
  'A PCI function of the host.',
  {
    attributes: {
      type: required(oneOf('pci'), {
        missing: 'interface/address-type',
        doc: 'A function of PCI; nothing else may stand here.',
      }),
      ...pciAddressAttributes,
    },
    children: { 'vf-token': child(vfToken) },
  },
  { settle: nothingIsZero },
)

export type HostPciAddress = Infer<typeof hostPciAddress>

export interface PciNumbers {
  readonly domain?: number | undefined
  readonly bus?: number | undefined
  readonly slot?: number | undefined
  readonly function?: number | undefined
}

const digits = (value: number | undefined, width: number) => (value ?? 0).toString(16).padStart(width, '0')

/** `0000:06:12.1`, as the kernel and QEMU's `host` property write it. */
export function pciName(address: PciNumbers): string {
  return `${digits(address.domain, 4)}:${digits(address.bus, 2)}:${digits(address.slot, 2)}.${digits(address.function, 1)}`
}

/** True where domain, bus and slot are all 0 or absent: libvirt takes such a guest address as "assign one". */
export function isUnsetPci(address: PciNumbers): boolean {
  return !address.domain && !address.bus && !address.slot
}
