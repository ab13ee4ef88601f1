import { isX86 } from '../../capabilities/table.ts'
import type { Context } from '../../context/context.ts'
import { checkChardev } from '../../parts/chardev/validate.ts'
import type { Serial, SerialTarget } from './element.ts'
import { addressTypes, machineBound, models } from './models.ts'

export function checkSerial(device: Serial, context: Context): void {
  checkChardev(device, context)
  const { target } = device
  if (target?.model !== undefined) checkModel(target, context)
  checkAddress(device, context)
}

function checkModel(target: SerialTarget, context: Context): void {
  const name = target.model!.name
  const facts = models[name]
  if (facts.target !== target.type) {
    context.error({
      code: 'serial/model-target',
      message: `The model ${name} is a ${facts.target}, the target is a ${target.type ?? 'port of no type'}.`,
      hint: `Write type='${facts.target}' on <target>, or another model.`,
      at: target,
      field: 'model',
    })
    return
  }
  const own = context.machine.serial
  const isOwn = own?.type === target.type && (!facts.onBoard || own.model === name)
  if (machineBound.has(facts.target) && !isOwn) {
    context.error({
      code: 'serial/machine',
      message: `A ${target.type} of model ${name} does not exist on this machine (${context.machine.family}).`,
      hint: 'Leave type and model out: the machine has a serial port of its own.',
      at: target,
    })
  } else if (facts.needsX86 && !isX86(context.arch)) {
    context.error({
      code: 'serial/machine',
      message: `A debug port sits on the ISA bus of a PC, and this guest is of ${context.arch}.`,
      hint: "Use type='isa-serial', or leave type and model out.",
      at: target,
    })
  } else if (facts.needs !== undefined && !context.capabilities.has(facts.needs)) {
    context.error({
      code: 'serial/model-unsupported',
      message: `This QEMU has no ${name} (capability ${facts.needs}).`,
      hint: 'Use another model, or another QEMU.',
      at: target,
      field: 'model',
    })
  }
}

function checkAddress({ target, address }: Serial, context: Context): void {
  if (target?.type === undefined || address === undefined) return
  const wanted = addressTypes[target.type]
  if (wanted === address.type) return
  const takes = wanted ? `an address of type ${wanted}` : 'no address'
  context.error({
    code: 'serial/address',
    message: `A ${target.type} takes ${takes}, not one of type ${address.type}.`,
    hint: 'Remove <address>.',
    at: address,
  })
}
