import type { Context } from '../../context/context.ts'
import { pciName } from '../../fragments/pci-address.ts'
import { checkGuestBus } from '../../parts/host-pci.ts'
import { checkHostDriver, checkVfToken } from '../../parts/vf-token.ts'
import type { Hostdev, HostdevOf } from './element.ts'
import { checkScsi, checkScsiHost, scsiIdentity } from './scsi-validate.ts'

type Checks = { readonly [K in Hostdev['type']]: (device: HostdevOf<K>, context: Context) => void }

const checks: Checks = {
  pci: (device, context) => {
    checkVfToken(device, context)
    checkHostDriver(device, context)
    refuseWriteFiltering(device, context)
    checkInitiators(device, context)
    checkGuestBus(device, 'pci', context)
    checkDisplay(device, context)
  },
  usb: (device, context) => {
    checkGuestBus(device, 'usb', context)
    const { source } = device
    if (source.address?.port !== undefined && !context.options.native) {
      context.error({
        code: 'hostdev/usb-port-unresolved',
        message: 'Which device sits at a port is found at a start; the host file does not say it.',
        hint: "Write device='…', or convert as domxml-to-native does.",
        at: source.address,
        field: 'port',
        when: 'start',
      })
    }
    if (device.address?.type === 'unassigned') {
      context.error({
        code: 'hostdev/usb-unassigned',
        message: 'A USB device of the host cannot be one that the guest does not see.',
        hint: 'Remove <address>.',
        at: device.address,
        field: 'type',
      })
    }
    if (source.address || (source.vendor && source.product)) return
    context.error({
      code: 'hostdev/usb-without-id',
      message: 'The USB device is named neither by vendor and product nor by address.',
      hint: "Add <vendor id='0x…'/> and <product id='0x…'/>, or <address bus='…' device='…'/>.",
      at: source,
      when: 'start',
    })
  },
  scsi: checkScsi,
  scsi_host: checkScsiHost,
  mdev: (device, context) => {
    const wanted = { 'vfio-pci': 'pci', 'vfio-ccw': 'ccw', 'vfio-ap': undefined }[device.model]
    const isUnseen = wanted === undefined && device.address?.type === 'unassigned'
    if (device.address && device.address.type !== wanted && !isUnseen) {
      context.error({
        code: 'hostdev/mdev-address-type',
        message: `A mediated device of model ${device.model} has no address of type ${device.address.type}.`,
        hint: wanted ? `Use type='${wanted}' or leave the address out.` : 'Leave the address out.',
        at: device.address,
        field: 'type',
      })
    }
    const needs = device.model === 'vfio-pci' ? undefined : device.model
    if (needs !== undefined && !context.capabilities.has(needs)) {
      context.error({
        code: 'hostdev/mdev-unsupported',
        message: `This QEMU has no mediated devices of model ${device.model} (capability ${needs}).`,
        hint: "Use model='vfio-pci', or a guest of s390x.",
        at: device,
        field: 'model',
      })
    }
    checkDisplay(device, context)
    if (device.model !== 'vfio-ccw' && device.boot) {
      context.error({
        code: 'hostdev/boot',
        message: `Nothing boots from a mediated device of model ${device.model}.`,
        hint: 'Remove <boot>.',
        at: device.boot,
      })
    }
  },
}

function checkDisplay(device: HostdevOf<'mdev'> | HostdevOf<'pci'>, context: Context): void {
  const drawn = device.type === 'pci' || device.model === 'vfio-pci'
  if (!drawn || !device.display || context.devices.graphics.length > 0) return
  context.error({
    code: 'hostdev/mdev-display-without-graphics',
    message: "display='on' shows the device on the guest's screen, and the guest has none.",
    hint: "Add <graphics type='vnc'/> or another, or write display='off'.",
    at: device,
    field: 'display',
  })
}

export function checkHostdev(device: Hostdev, context: Context): void {
  if (device.mode === 'capabilities') {
    context.error({
      code: 'hostdev/capabilities-mode',
      message: 'Devices by capability are for containers; QEMU takes none.',
      hint: "Use mode='subsystem'.",
      at: device,
      field: 'mode',
    })
  }
  checkTeaming(device, context)
  const check = checks[device.type] as (it: Hostdev, context: Context) => void
  check(device, context)
}

/** libvirt 12.8 takes any node, and QEMU those of the guest. */
function checkInitiators({ acpi }: HostdevOf<'pci'>, context: Context): void {
  const cells = context.definition.cpu?.numa?.cell ?? []
  const stranger = acpi?.nodeset?.find((node) => !cells.some(({ id }) => id === node))
  if (stranger === undefined) return
  context.warn({
    code: 'hostdev/unknown-node',
    message: `The guest has no NUMA node ${stranger}: QEMU will not start with a device that brings it.`,
    hint: 'Name cells of <numa>, or remove nodeset.',
    at: acpi!,
    field: 'nodeset',
  })
}

/** Source: oracle (11.3, 12.8). */
function checkTeaming({ type, teaming }: Hostdev, context: Context): void {
  if (teaming === undefined) return
  if (type !== 'pci') {
    context.error({
      code: 'hostdev/teaming-not-pci',
      message: `A host device of the type ${type} is no half of a team: only PCI functions stand in for a network card.`,
      hint: 'Remove <teaming>.',
      at: teaming,
    })
  }
  if (teaming.type !== 'persistent') return
  context.error({
    code: 'hostdev/teaming',
    message: 'A host device is the half of a team that leaves for a migration.',
    hint: "Write type='transient' persistent='ALIAS', with the alias of the virtio card that stays.",
    at: teaming,
    field: 'type',
  })
}

/** libvirt filters the guest's writes only under Xen. */
function refuseWriteFiltering({ source }: HostdevOf<'pci'>, context: Context): void {
  if (source.writeFiltering === undefined) return
  context.error({
    code: 'hostdev/write-filtering',
    message: "QEMU does not filter writes to the function's configuration space.",
    hint: 'Remove writeFiltering.',
    at: source,
    field: 'writeFiltering',
  })
}

/** What makes two host devices the same one. */
function identity(device: Hostdev): string | undefined {
  switch (device.type) {
    case 'pci':
      return pciName(device.source.address)
    case 'mdev':
      return device.source.address.uuid
    case 'scsi':
      return scsiIdentity(device.source)
    case 'scsi_host':
      return device.source.wwpn
    case 'usb': {
      const { address, vendor, product } = device.source
      return address
        ? `usb ${address.bus}.${address.device ?? `port ${address.port}`}`
        : `usb ${vendor?.id}:${product?.id}`
    }
  }
}

/** Checks across all host devices: none twice, at most one RAM frame buffer, one token a physical function. */
export function checkHostdevs(context: Context): void {
  checkRamfb(context)
  const seen = new Set<string>()
  const cards = context.hostdevInterfaces.map((card) => ({ device: card, name: pciName(card.source.address) }))
  const devices = context.devices.hostdev.map((device) => ({ device, name: identity(device) }))
  for (const { device, name } of [...cards, ...devices]) {
    if (name === undefined) continue
    if (!seen.has(name)) seen.add(name)
    else {
      context.error({
        code: 'hostdev/duplicate',
        message: `${name} is given to the guest twice.`,
        hint: 'Remove one of the two.',
        at: device,
      })
    }
  }
}

/** QEMU draws one boot frame buffer. */
function checkRamfb(context: Context): void {
  const drawing = context.devices.hostdev.filter((device) => 'ramfb' in device && device.ramfb)
  for (const device of drawing.slice(1)) {
    context.error({
      code: 'hostdev/mdev-ramfb-twice',
      message: 'Only one device can draw before its driver runs.',
      hint: "Keep ramfb='on' on one of them.",
      at: device,
      field: 'ramfb',
    })
  }
}
