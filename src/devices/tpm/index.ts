import type { CommandLineBuilder } from '../../argv/command-line.ts'
import { named, of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Arch } from '../../capabilities/capabilities.ts'
import { isX86 } from '../../capabilities/table.ts'
import type { Context } from '../../context/context.ts'
import { fdSetPath } from '../../context/fd-set.ts'
import { startKey } from '../../context/start.ts'
import type { DeviceKind } from '../../context/unit.ts'
import type { ChardevOf } from '../../fragments/chardev/element.ts'
import { defaultRule, hostFact } from '../../origin/origin.ts'
import { chardevUse, emitChardev } from '../../parts/chardev/argv.ts'
import { prepareChardev } from '../../parts/chardev/prepare.ts'
import { socketChardev } from '../../parts/chardev/socket.ts'
import { deviceAddress } from '../../parts/device-address.ts'
import { emitFdSet } from '../../parts/fd-set.ts'
import { quirk } from '../../release/quirk.ts'
import type { Tpm } from './element.ts'
import { emulatorSocket, launchTpm } from './launch.ts'
import { checkTpm, checkTpms, gates } from './validate.ts'

const socketKey = startKey<ChardevOf<'unix' | 'null'>>('tpm/socket')
const descriptorsKey = startKey<{ readonly device: number; readonly cancel: number }>('tpm/descriptors')
const chardev = 'chrtpm'
const firstReg = 0x4000

/** The first libvirt with an emulator had it on x86, and its guests keep it. */
const oldVersion = quirk('tpm/version', 'libvirt 11.3 and 12.8 asked', '1.2' as const)

function fillModel(device: Tpm, context: Context): void {
  const { backend } = device
  if (device.model === undefined) {
    context.set(device, 'model', context.machine.tpm ?? 'tpm-tis', defaultRule('tpm/model'))
  }
  if (backend.type === 'emulator' && backend.version === undefined) {
    const isOld = device.model === 'tpm-tis' && isX86(context.arch)
    context.set(backend, 'version', isOld ? oldVersion : '2.0', defaultRule('tpm/version'))
  }
}

function prepare(device: Tpm, context: Context): void {
  const { backend } = device
  const alias = context.alias(device)
  const { host } = context
  if (backend.type === 'passthrough') {
    const fds = device.model === 'spapr-tpm-proxy' ? undefined : host.resources.tpm()
    if (fds === undefined) return
    context.start.set(descriptorsKey, device, fds)
    return
  }
  // Nothing runs that could be connected to.
  if (context.options.native && backend.type === 'emulator') {
    const nobody = context.made({ type: 'null' as const, log: undefined }, hostFact('no emulator runs'))
    context.start.set(socketKey, device, nobody)
    prepareChardev(nobody, alias, context)
    return
  }
  const external = backend.type === 'external' ? backend.source : undefined
  const from = (external && context.origins.of(external, 'path')) ?? hostFact('socket of the emulated TPM')
  const socket = socketChardev(external?.path ?? emulatorSocket(context), from, context)
  context.start.set(socketKey, device, socket)
  prepareChardev(socket, alias, context)
}

/** The sets are made when the TPM is printed: their numbers follow those of all that was prepared. */
function descriptorSets(device: Tpm, context: Context) {
  const fds = context.start.get(descriptorsKey, device)
  const alias = context.alias(device)
  return (
    fds && {
      device: context.fdSets.add([{ fd: fds.device, opaque: `${alias}-tpm` }]),
      cancel: context.fdSets.add([{ fd: fds.cancel, opaque: `${alias}-cancel` }]),
    }
  )
}

function emitBackend(device: Tpm, id: string, context: Context, out: CommandLineBuilder): void {
  const { backend } = device
  const socket = context.start.get(socketKey, device)
  const properties = new Properties()
    .put('type', socket ? 'emulator' : 'passthrough', of(backend, 'type'))
    .put('id', id, named(device))
  if (socket) {
    emitChardev(socket, { ...chardevUse(device, context), id: chardev }, context, out)
    properties.put('chardev', chardev, rule('tpm/backend'))
  } else if (backend.type === 'passthrough') {
    const sets = descriptorSets(device, context)
    emitFdSet(sets?.device, out)
    emitFdSet(sets?.cancel, out)
    const path = sets ? fdSetPath(sets.device) : backend.device?.path
    // The device that is there without being written has no place in the source.
    const written =
      backend.device && context.origins.of(backend.device) ? of(backend.device, 'path') : rule('tpm/backend')
    const cancel = sets ? fdSetPath(sets.cancel) : context.host.tpm.cancelPath
    properties.put('path', path, written).put('cancel-path', cancel, hostFact("the TPM's file to cancel a command"))
  }
  out.keyValue('-tpmdev', properties, 'type')
}

const boardBus: ReadonlySet<Arch> = new Set(['aarch64', 'riscv64', 'loongarch64'])

/** Boards without an ISA bus have the TPM of that interface as a device of the board (QEMU: tpm-tis-device). */
function driverOf({ model = 'tpm-tis' }: Tpm, { arch }: Context): string {
  return model === 'tpm-tis' && boardBus.has(arch) ? 'tpm-tis-device' : model
}

function emit(device: Tpm, context: Context, out: CommandLineBuilder): void {
  const alias = context.alias(device)
  const properties = new Properties().put('driver', driverOf(device, context), of(device, 'model'))
  if (device.model === 'spapr-tpm-proxy') {
    properties.id(device, context)
    if (device.backend.type === 'passthrough' && device.backend.device)
      properties.field('host-path', device.backend.device, 'path')
    out.device(properties)
    return
  }
  const id = `tpm-${alias}`
  emitBackend(device, id, context, out)
  out.device(properties.put('tpmdev', id, named(device)).id(device, context).append(deviceAddress(device, context)))
}

export const tpmKind = {
  defaults: [{ name: 'tpm/model', doc: "The machine's own kind; TPM 2.0 but for tpm-tis on x86.", apply: fillModel }],
  gates,
  spaprVio: ({ model, address }) => (model === 'tpm-spapr' || address?.type === 'spapr-vio' ? { firstReg } : undefined),
  alias: (_device, index) => `tpm${index}`,
  check: checkTpm,
  validate: checkTpms,
  prepareDevice: prepare,
  launchDevice: launchTpm,
  argv: {
    devices: (context, out) => {
      for (const device of context.devices.tpm) emit(device, context, out)
    },
  },
} satisfies DeviceKind<Tpm>
