import type { Context } from '../../context/context.ts'
import type { AddressType } from '../../fragments/address.ts'
import type { Watchdog } from './element.ts'

/** Where each model may sit; `none` is a device without an address. */
const places: { readonly [M in Watchdog['model']]: readonly (AddressType | 'none')[] } = {
  i6300esb: ['pci', 'none'],
  ib700: ['none'],
  diag288: ['none'],
  itco: ['none'],
}

export function checkWatchdog(device: Watchdog, context: Context): void {
  const { model, address } = device
  if (!places[model].includes(address?.type ?? 'none')) {
    context.error({
      code: 'watchdog/address',
      message: `A ${model} watchdog cannot sit at an address of type ${address?.type}.`,
      hint: model === 'i6300esb' ? "Give it an address of type 'pci', or none." : 'Remove the address.',
      at: address ?? device,
    })
  }
  const wants = (fits: boolean, where: string) => {
    if (fits) return
    context.error({
      code: 'watchdog/model-not-here',
      message: `There is no ${model} watchdog on this machine: it is part of ${where}.`,
      hint: "Use model 'i6300esb'.",
      at: device,
      field: 'model',
    })
  }
  if (model === 'diag288') wants(context.arch === 's390x', 's390x machines')
  if (model === 'ib700') {
    const { isaWatchdog } = context.machine
    wants(isaWatchdog !== undefined && context.plan.at(isaWatchdog), 'PCs with the PIIX chipset')
  }
  if (model === 'itco') wants(context.machine.watchdog === 'itco', 'the Q35 chipset')
}

/** One `-watchdog-action` holds for all, and only PCI has room for several of a model. Source: oracle (11.3, 12.8). */
export function checkWatchdogs(context: Context): void {
  const [first, ...others] = context.devices.watchdog
  if (first === undefined) return
  for (const device of others) {
    if (device.action === first.action) continue
    context.error({
      code: 'watchdog/actions-differ',
      message: `The watchdogs of this guest act differently (${first.action}, ${device.action}); QEMU knows one action for all.`,
      hint: `Give all of them action='${first.action}'.`,
      at: device,
      field: 'action',
    })
  }
  const seen = new Set<Watchdog['model']>()
  for (const device of context.devices.watchdog) {
    const { model } = device
    const isAnother = seen.has(model)
    seen.add(model)
    if (model === 'i6300esb' || !isAnother) continue
    context.error({
      code: 'watchdog/several-of-a-model',
      message: `A guest has one watchdog of the model ${model}; this is another.`,
      hint: 'Remove it, or use i6300esb, of which there may be several.',
      at: device,
      field: 'model',
    })
  }
}
