import type { CommandLineBuilder } from '../../argv/command-line.ts'
import { named, of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import { startKey } from '../../context/start.ts'
import type { DeviceKind } from '../../context/unit.ts'
import type { ChardevOf } from '../../fragments/chardev/element.ts'
import { defaultRule } from '../../origin/origin.ts'
import { chardevId, chardevUse, emitChardev } from '../../parts/chardev/argv.ts'
import { launchChardev } from '../../parts/chardev/launch.ts'
import { prepareChardev } from '../../parts/chardev/prepare.ts'
import { socketChardev } from '../../parts/chardev/socket.ts'
import { deviceAddress } from '../../parts/device-address.ts'
import { msi, type Shmem, shmemModel, shmemSize } from './element.ts'
import { checkShmem } from './validate.ts'

const defaultSize = 4n
const serverSocket = startKey<ChardevOf<'unix'>>('shmem/server')

function fill(device: Shmem, context: Context): void {
  const reason = defaultRule('shmem/model')
  if (device.model === undefined)
    context.set(device, 'model', context.made(shmemModel.create({ type: 'ivshmem' }), reason), reason)
  if (device.model?.type === 'ivshmem-plain' && device.size?.value === undefined) {
    const made = shmemSize.create({ unit: 'M', value: defaultSize })
    context.set(device, 'size', context.made(made, defaultRule('shmem/size')), defaultRule('shmem/size'))
  }
  if (device.model?.type !== 'ivshmem-doorbell' || device.server === undefined) return
  const interrupts = defaultRule('shmem/interrupts')
  if (device.msi === undefined) context.set(device, 'msi', context.made(msi.create({}), interrupts), interrupts)
  if (device.msi?.ioeventfd === undefined) context.set(device.msi!, 'ioeventfd', true, interrupts)
}

function start(device: Shmem, context: Context, driver: string): Properties {
  return new Properties().put('driver', driver, of(device, 'model')).id(device, context)
}

/** Who brings the memory along; with interrupts the server holds it. */
function role(device: Shmem, properties: Properties): void {
  if (device.role) properties.put('master', device.role === 'master' ? 'on' : 'off', of(device, 'role'))
}

/** The memory as a backend, then the device on it. */
function emitPlain(device: Shmem, context: Context, out: CommandLineBuilder): void {
  const id = `shmmem-${context.alias(device)}`
  const { size } = device
  const object = new Properties()
    .put('qom-type', 'memory-backend-file', rule('shmem/backend'))
    .put('id', id, named(device))
    .put('mem-path', `/dev/shm/${device.name}`, of(device, 'name'))
  if (size?.value !== undefined) object.put('size', size.value << 20n, of(size, 'value'))
  out.object(object.put('share', true, rule('shmem/backend')))
  const properties = start(device, context, 'ivshmem-plain').put('memdev', id, named(device))
  role(device, properties)
  out.device(properties.append(deviceAddress(device, context)))
}

/** libvirt prints the device before the connection it uses. */
function emitDoorbell(device: Shmem, context: Context, out: CommandLineBuilder): void {
  const use = chardevUse(device, context)
  const properties = start(device, context, 'ivshmem-doorbell').put('chardev', chardevId(use), use.named)
  if (device.msi) {
    properties.put('vectors', device.msi.vectors || undefined, of(device.msi, 'vectors'))
    properties.field('ioeventfd', device.msi, 'ioeventfd')
  }
  out.device(properties.append(deviceAddress(device, context)))
  emitChardev(context.start.need(serverSocket, device), use, context, out)
}

export const shmemKind = {
  defaults: [{ name: 'shmem/model', doc: '4 MiB of plain memory; interrupts by the kernel.', apply: fill }],
  gates: (['ivshmem-plain', 'ivshmem-doorbell'] as const).map((model) => ({
    path: 'model/@type',
    needs: model,
    code: 'shmem/model-unsupported',
    what: `shared memory of model ${model}`,
    hint: 'Use another model, or another QEMU.',
    is: model,
  })),
  pci: (device) => (device.address === undefined || device.address.type === 'pci' ? { plug: 'pci' } : undefined),
  alias: (_device, index) => `shmem${index}`,
  check: checkShmem,
  prepareDevice: (device, context) => {
    if (device.model?.type !== 'ivshmem-doorbell') return
    const given = device.server?.path
    const from = (given && context.origins.of(device.server!, 'path')) || defaultRule('shmem/server-socket')
    const socket = socketChardev(given ?? `/var/lib/libvirt/shmem-${device.name}-sock`, from, context)
    context.start.set(serverSocket, device, socket)
    prepareChardev(socket, context.alias(device), context)
  },
  launchDevice: (device, context, plan) => {
    const socket = context.start.get(serverSocket, device)
    if (socket) launchChardev(socket, context, plan)
    else plan.placeFor(`/dev/shm/${device.name}`, 'shared memory', of(device, 'name'))
  },
  argv: {
    devices: (context, out) => {
      for (const device of context.devices.shmem) {
        if (device.model?.type === 'ivshmem-doorbell') emitDoorbell(device, context, out)
        else emitPlain(device, context, out)
      }
    },
  },
} satisfies DeviceKind<Shmem>
