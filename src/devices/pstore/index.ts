import type { CommandLineBuilder } from '../../argv/command-line.ts'
import { named, of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import type { DeviceKind } from '../../context/unit.ts'
import { defaultRule } from '../../origin/origin.ts'
import { deviceAddress } from '../../parts/device-address.ts'
import { emitDevice } from '../../parts/emit-device.ts'
import type { Pstore } from './element.ts'
import { checkPstore, checkSingle } from './validate.ts'

function fillPath(device: Pstore, context: Context): void {
  if (device.path) return
  const path = `${context.host.config.nvramDir}/${context.definition.name}_PSTORE.raw`
  context.set(device, 'path', path, defaultRule('pstore/path'))
}

/** The file as shared memory of the guest, then the device on it. */
function emit(device: Pstore, context: Context, out: CommandLineBuilder): void {
  const alias = context.alias(device)
  const memory = `mem${alias}`
  out.object(
    new Properties()
      .put('qom-type', 'memory-backend-file', rule('pstore/backend'))
      .put('id', memory, named(device))
      .put('mem-path', device.path ?? '', of(device, 'path'))
      .put('size', (device.size.value ?? 0n) << 10n, of(device.size, 'value'))
      .put('share', true, rule('pstore/backend')),
  )
  const properties = new Properties()
    .put('driver', device.backend, of(device, 'backend'))
    .id(device, context)
    .put('memdev', memory, named(device))
  emitDevice(device, properties.append(deviceAddress(device, context)), context, out)
}

export const pstoreKind = {
  defaults: [
    { name: 'pstore/path', doc: "A file named after the guest, beside the firmware's variables.", apply: fillPath },
  ],
  gates: [
    {
      path: '@backend',
      needs: 'acpi-erst',
      code: 'pstore/unsupported',
      what: "a record table that outlives the guest's panic",
      hint: 'Remove <pstore>, or use another QEMU.',
      when: (device: Pstore) => device,
    },
  ],
  pci: (device) => (device.address === undefined || device.address.type === 'pci' ? { plug: 'pci' } : undefined),
  alias: (_device, index) => `pstore${index}`,
  check: checkPstore,
  validate: checkSingle,
  launchDevice: (device, _context, plan) => {
    if (device.path) plan.placeFor(device.path, 'persistent storage of the guest', of(device, 'path'))
  },
  argv: {
    device: (context, out) => {
      for (const device of context.devices.pstore) emit(device, context, out)
    },
  },
} satisfies DeviceKind<Pstore>
