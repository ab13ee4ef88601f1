import type { CommandLineBuilder } from '../../argv/command-line.ts'
import { of } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import type { DeviceKind } from '../../context/unit.ts'
import { address } from '../../fragments/address.ts'
import { defaultRule } from '../../origin/origin.ts'
import { chardevId, chardevUse, emitChardev } from '../../parts/chardev/argv.ts'
import { launchChardev } from '../../parts/chardev/launch.ts'
import { prepareChardev } from '../../parts/chardev/prepare.ts'
import { checkChardev } from '../../parts/chardev/validate.ts'
import { readerName } from '../../parts/device-address.ts'
import type { Smartcard } from './element.ts'

const defaultDatabase = '/etc/pki/nssdb'

/** A card without an address goes to the next slot of the first reader. */
function fillSlot(device: Smartcard, context: Context): void {
  if (device.address !== undefined) return
  const taken = context.devices.smartcard.map(({ address: at }) =>
    at?.type === 'ccid' && (at.controller ?? 0) === 0 ? (at.slot ?? 0) : -1,
  )
  const reason = defaultRule('smartcard/slot')
  const made = address.create({ type: 'ccid', controller: 0, slot: Math.max(-1, ...taken) + 1 })
  context.set(device, 'address', context.made(made, reason), reason)
}

function check(device: Smartcard, context: Context): void {
  if (device.mode === 'passthrough') checkChardev(device, context, { spice: true })
  const { address: at } = device
  if (at?.type !== 'ccid') {
    context.error({
      code: 'smartcard/address',
      message: `A smartcard sits in a card reader, not at an address of type ${at?.type}.`,
      hint: 'Remove <address>.',
      at: at ?? device,
    })
  } else if ((at.slot ?? 0) !== 0 || (at.controller ?? 0) !== 0) {
    context.error({
      code: 'smartcard/several',
      message: "A guest has one smartcard: libvirt takes one card reader, 0, and QEMU's has one slot, 0.",
      hint: 'Remove <address>.',
      at,
    })
  }
}

function emulated(device: Smartcard): Properties {
  const properties = new Properties().put('driver', 'ccid-card-emulated', of(device, 'mode'))
  if (device.mode === 'host') return properties.put('backend', 'nss-emulated', of(device, 'mode'))
  properties.put('backend', 'certificates', of(device, 'mode'))
  device.certificate.forEach((certificate, index) => {
    properties.put(`cert${index + 1}`, certificate, of(device, 'certificate'))
  })
  return properties.put('db', device.database ?? defaultDatabase, of(device, 'database'))
}

function emit(device: Smartcard, context: Context, out: CommandLineBuilder): void {
  const use = { ...chardevUse(device, context), spiceName: 'smartcard' }
  const passed = device.mode === 'passthrough'
  if (passed) emitChardev(device, use, context, out)
  const properties = passed
    ? new Properties().put('driver', 'ccid-card-passthru', of(device, 'mode')).put('chardev', chardevId(use), use.named)
    : emulated(device)
  out.device(properties.id(device, context).append(readerOf(device, context)))
}

/** The bus of the card reader it sits in. */
function readerOf({ address: at }: Smartcard, context: Context): Properties {
  if (at?.type !== 'ccid') return new Properties()
  return new Properties().put('bus', `${readerName(at.controller, context)}.0`, of(at, 'controller'))
}

export const smartcardKind = {
  defaults: [
    { name: 'smartcard/slot', doc: 'A card without an address goes to the next slot of reader 0.', apply: fillSlot },
  ],
  gates: [
    {
      path: '@mode',
      needs: 'ccid-emulated',
      code: 'smartcard/emulated-unsupported',
      what: 'an emulated smartcard',
      hint: 'Use mode passthrough, or another QEMU.',
      when: (device: Smartcard) => (device.mode === 'passthrough' ? undefined : device),
    },
    {
      path: '@mode',
      needs: 'ccid-passthru',
      code: 'smartcard/passthrough-unsupported',
      what: 'a smartcard that is passed through',
      hint: 'Use another QEMU.',
      is: 'passthrough',
    },
  ],
  alias: (_device, index) => `smartcard${index}`,
  check,
  prepareDevice: (device, context) => {
    if (device.mode === 'passthrough') prepareChardev(device, context.alias(device), context)
  },
  launchDevice: (device, context, plan) => {
    if (device.mode === 'passthrough') launchChardev(device, context, plan)
  },
  argv: {
    devices: (context, out) => {
      for (const device of context.devices.smartcard) emit(device, context, out)
    },
  },
} satisfies DeviceKind<Smartcard>
