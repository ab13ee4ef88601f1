import type { Flag } from '../../capabilities/flags.ts'
import { isX86 } from '../../capabilities/table.ts'
import type { Context } from '../../context/context.ts'
import type { AddressType } from '../../fragments/address.ts'
import type { Panic } from './element.ts'

type Model = NonNullable<Panic['model']>

/** What each model needs: a device of this QEMU, and where it may sit. Source: formatdomain, "panic device". */
const models: { readonly [M in Model]: { readonly needs?: Flag; readonly places: readonly AddressType[] } } = {
  isa: { needs: 'pvpanic', places: ['isa'] },
  pvpanic: { needs: 'pvpanic-pci', places: ['pci'] },
  hyperv: { places: [] },
  pseries: { places: [] },
  s390: { places: [] },
}

export function checkPanic(device: Panic, context: Context): void {
  const { model = 'isa', address } = device
  const { needs, places } = models[model]
  if (address !== undefined && !places.includes(address.type)) {
    context.error({
      code: 'panic/address',
      message: `A ${model} panic device cannot sit at an address of type ${address.type}.`,
      hint: places.length > 0 ? `Use an address of type '${places[0]}', or none.` : 'Remove the address.',
      at: address,
    })
  }
  if (!fits(model, context)) {
    context.error({
      code: 'panic/model-not-here',
      message: `There is no ${model} panic device on ${context.arch} machines of type ${context.definition.os.type.machine}.`,
      hint: 'Use the model of this machine, or leave the model out.',
      at: device,
      field: 'model',
    })
  } else if (needs !== undefined && !context.capabilities.has(needs)) {
    context.error({
      code: 'panic/unsupported',
      message: `This QEMU has no ${needs} device, so it offers no ${model} panic device.`,
      hint: 'Use a QEMU that has it, or remove <panic>.',
      at: device,
      field: 'model',
    })
  }
  if (context.devices.panic.find((it) => it.model === device.model) !== device) {
    context.error({
      code: 'panic/several-of-a-model',
      message: `The guest has more than one ${model} panic device.`,
      hint: 'Remove this one.',
      at: device,
    })
  }
}

function fits(model: Model, { machine, arch }: Context): boolean {
  if (model === 'hyperv' || model === 'isa') return isX86(arch)
  if (model === 'pvpanic') return machine.pci.root !== 'none'
  return machine.panic === model
}
