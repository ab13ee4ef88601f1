import { of } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import type { DeviceKind, Gate } from '../../context/unit.ts'
import type { VirtioModel } from '../../fragments/virtio-model.ts'
import { implicitRule } from '../../origin/origin.ts'
import { deviceAddress } from '../../parts/device-address.ts'
import { emitDevice } from '../../parts/emit-device.ts'
import { virtioDriver, virtioPciWish } from '../../parts/virtio-device.ts'
import { virtioProperties } from '../../parts/virtio-options.ts'
import { type Memballoon, memballoon } from './element.ts'
import { launchMemballoon } from './launch.ts'

/** The flavour of a virtio balloon; undefined for no balloon at all. */
function virtioModelOf({ model }: Memballoon): VirtioModel | undefined {
  return model === 'none' || model === 'xen' ? undefined : model
}

const gates: readonly Gate<Memballoon>[] = [
  {
    path: '@autodeflate',
    needs: 'virtio-balloon-pci.deflate-on-oom',
    code: 'memballoon/autodeflate-unsupported',
    what: 'balloon that deflates by itself',
    hint: 'Use QEMU 2.1 or later.',
  },
  {
    path: '@freePageReporting',
    needs: 'virtio-balloon.free-page-reporting',
    code: 'memballoon/reporting-unsupported',
    what: 'balloon that reports free pages',
    hint: 'Use QEMU 5.1 or later.',
  },
]

export const memballoonKind = {
  implicit: [
    {
      name: 'memballoon/implicit',
      doc: 'Each guest has a memory balloon where its machine can.',
      apply: (context: Context) => {
        if (context.devices.memballoon.length > 0 || !context.plan.at(context.machine.memballoon)) return
        context.insert(
          context.devices.memballoon,
          memballoon.create({ model: 'virtio' }),
          implicitRule('memballoon/implicit'),
        )
      },
    },
  ],
  pci: (device, context) => {
    const model = virtioModelOf(device)
    return model && virtioPciWish(model, device, context)
  },
  virtio: (device) => virtioModelOf(device) !== undefined,
  alias: (_device, index) => `balloon${index}`,
  gates,
  validate: (context) => {
    const [, second] = context.devices.memballoon
    if (second === undefined) return
    context.error({
      code: 'memballoon/several',
      message: 'A guest has one memory balloon.',
      hint: 'Remove the others.',
      at: second,
    })
  },
  check: (device, context) => {
    if (device.model !== 'xen') return
    context.error({
      code: 'memballoon/model-unsupported',
      message: "QEMU has no balloon of Xen's.",
      hint: "Write model='virtio' or model='none'.",
      at: device,
      field: 'model',
    })
  },
  launchDevice: launchMemballoon,
  argv: {
    device: (context, out) => {
      for (const device of context.devices.memballoon) {
        const model = virtioModelOf(device)
        if (model === undefined) continue
        emitDevice(
          device,
          new Properties()
            .put('driver', virtioDriver('virtio-balloon', model, device), of(device, 'model'))
            .append(virtioProperties(device.driver))
            .id(device, context)
            .field('deflate-on-oom', device, 'autodeflate')
            .field('free-page-reporting', device, 'freePageReporting')
            .append(deviceAddress(device, context)),
          context,
          out,
        )
      }
    },
  },
} satisfies DeviceKind<Memballoon>
