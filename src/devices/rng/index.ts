import type { CommandLineBuilder } from '../../argv/command-line.ts'
import { named, of } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import type { DeviceKind } from '../../context/unit.ts'
import { defaultRule } from '../../origin/origin.ts'
import { chardevId, chardevUse, emitChardev } from '../../parts/chardev/argv.ts'
import { launchChardev } from '../../parts/chardev/launch.ts'
import { prepareChardev } from '../../parts/chardev/prepare.ts'
import { checkChardev } from '../../parts/chardev/validate.ts'
import { deviceAddress } from '../../parts/device-address.ts'
import { emitDevice } from '../../parts/emit-device.ts'
import { virtioDriver, virtioPciWish } from '../../parts/virtio-device.ts'
import { virtioProperties } from '../../parts/virtio-options.ts'
import type { Rng } from './element.ts'

const backends = { random: 'rng-random', egd: 'rng-egd', builtin: 'rng-builtin' } as const
const defaultFile = '/dev/random'

function fillFile({ backend }: Rng, context: Context): void {
  if (backend.model !== 'random' || backend.value !== undefined) return
  context.set(backend, 'value', defaultFile, defaultRule('rng/file'))
}

function objectId(device: Rng, context: Context): string {
  return `obj${context.alias(device)}`
}

function emitBackend(device: Rng, context: Context, out: CommandLineBuilder): void {
  const { backend } = device
  const use = chardevUse(device, context)
  if (backend.model === 'egd') emitChardev(backend, use, context, out)
  const properties = new Properties()
    .put('qom-type', backends[backend.model], of(backend, 'model'))
    .put('id', objectId(device, context), named(device))
  if (backend.model === 'random') properties.field('filename', backend, 'value')
  if (backend.model === 'egd') properties.put('chardev', chardevId(use), use.named)
  out.object(properties)
}

function emit(device: Rng, context: Context, out: CommandLineBuilder): void {
  emitBackend(device, context, out)
  const properties = new Properties()
    .put('driver', virtioDriver('virtio-rng', device.model, device), of(device, 'model'))
    .append(virtioProperties(device.driver))
    .put('rng', objectId(device, context), named(device))
    .id(device, context)
  if (device.rate) {
    properties
      .field('max-bytes', device.rate, 'bytes')
      .put('period', device.rate.period ?? 1000, of(device.rate, 'period'))
  }
  emitDevice(device, properties.append(deviceAddress(device, context)), context, out)
}

export const rngKind = {
  defaults: [{ name: 'rng/file', doc: `${defaultFile} where no device of the host is named.`, apply: fillFile }],
  gates: (['random', 'egd', 'builtin'] as const).map((model) => ({
    path: 'backend/@model',
    needs: backends[model],
    code: 'rng/backend-unsupported',
    what: `random numbers from ${model}`,
    hint: 'Use another backend, or another QEMU.',
    is: model,
  })),
  pci: (device, context) => virtioPciWish(device.model, device, context),
  virtio: () => true,
  aliasCountsUnnamed: true,
  alias: (_device, index) => `rng${index}`,
  check: (device, context) => {
    const { backend } = device
    if (backend.model === 'egd') checkChardev(backend, context)
    else if (backend.model === 'random' && backend.value !== backend.value?.trim()) {
      context.warn({
        code: 'rng/blanks',
        message: "The blanks and line breaks around the device's name are part of it: QEMU opens no such file.",
        hint: `Write <backend model='random'>${backend.value?.trim() || defaultFile}</backend>, without blanks.`,
        at: backend,
      })
    }
  },
  prepareDevice: (device, context) => {
    if (device.backend.model === 'egd') prepareChardev(device.backend, context.alias(device), context)
  },
  launchDevice: ({ backend }, context, plan) => {
    if (backend.model === 'egd') launchChardev(backend, context, plan)
    else if (backend.model === 'random' && backend.value !== undefined) {
      plan.readable(backend.value, 'random numbers', of(backend, 'value'))
    }
  },
  argv: {
    devices: (context, out) => {
      for (const device of context.devices.rng) emit(device, context, out)
    },
  },
} satisfies DeviceKind<Rng>
