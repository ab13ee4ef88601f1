import type { Context } from '../../context/context.ts'
import { mostWithoutRemapping } from '../../fragments/interrupt-remapping.ts'
import { dated } from '../../release/dated.ts'

/** Counts, and single CPUs against the counts. */
export function validateVcpus(context: Context): void {
  const { vcpu, cpu } = context.definition
  const total = vcpu?.value ?? 1
  if (vcpu?.current !== undefined && vcpu.current > total) {
    context.error({
      code: 'vcpu/more-than-maximum',
      message: `${vcpu.current} CPUs are there at start, but the guest can have only ${total}.`,
      hint: 'Lower current, or raise the number in <vcpu>.',
      at: vcpu,
      field: 'current',
    })
  }
  const topology = cpu?.topology
  if (topology) {
    const product = topology.sockets * topology.dies * topology.clusters * topology.cores * topology.threads
    if (product !== total) {
      context.error({
        code: 'cpu/topology-product',
        message: `The topology has ${product} CPUs, <vcpu> has ${total}.`,
        hint: 'sockets × dies × clusters × cores × threads must be the number in <vcpu>.',
        at: topology,
      })
    }
  }
  checkMachine(total, context)
  checkRemapping(total, context)
  checkSingles(total, context)
  checkGranularity(total, context)
}

function checkMachine(total: number, context: Context): void {
  const { capabilities, accelerator, definition } = context
  const type = capabilities.machine(definition.os.type.machine ?? '', accelerator)
  if (type === undefined || type.maxCpus === 0 || total <= type.maxCpus) return
  context.error({
    code: 'vcpu/machine-limit',
    message: `The machine type ${type.name} has at most ${type.maxCpus} CPUs, not ${total}.`,
    hint: 'Lower <vcpu>, or choose another machine type.',
    ...(definition.vcpu && { at: definition.vcpu, field: 'value' }),
  })
}

/** Whether CPUs that interrupts do not reach are refused: the newest libvirt leaves what a user wrote. */
const needsRemapping = dated(true, ['12.8', false])

function checkRemapping(total: number, context: Context): void {
  if (total <= mostWithoutRemapping || !context.machine.intelIommu || !context.plan.at(needsRemapping)) return
  if (context.devices.iommu.some(({ driver }) => driver?.eim === true)) return
  const type = context.capabilities.machine(context.definition.os.type.machine ?? '', context.accelerator)
  // More than the machine has at all: that is the mistake.
  if (type !== undefined && type.maxCpus > 0 && total > type.maxCpus) return
  context.error({
    code: 'vcpu/needs-remapping',
    message: `More than ${mostWithoutRemapping} CPUs need an IOMMU that remaps interrupts, in extended mode.`,
    hint: "Add <iommu model='intel'><driver intremap='on' eim='on'/></iommu> and <ioapic driver='qemu'/> to <features>.",
    ...(context.definition.vcpu && { at: context.definition.vcpu, field: 'value' }),
  })
}

function checkSingles(total: number, context: Context): void {
  const { vcpus } = context.definition
  if (vcpus === undefined) return
  for (const single of vcpus.vcpu) {
    if (single.id >= total) {
      context.error({
        code: 'vcpu/id-beyond-maximum',
        message: `CPU ${single.id} does not exist: the guest has CPUs 0 to ${total - 1}.`,
        hint: 'Raise <vcpu>, or take the CPU from the list.',
        at: single,
        field: 'id',
      })
    }
    if (single.id === 0 && single.order !== undefined && single.order !== 1) {
      context.error({
        code: 'vcpu/first-order',
        message: `CPU 0 comes on line first: its order is 1, not ${single.order}.`,
        hint: "Write order='1' for CPU 0.",
        at: single,
        field: 'order',
      })
    }
    if (single.id === 0 && (!single.enabled || single.hotpluggable)) {
      context.error({
        code: 'vcpu/first-cpu',
        message: 'CPU 0 must be there from the start and cannot be taken away.',
        hint: "Write enabled='yes' hotpluggable='no' for CPU 0.",
        at: single,
      })
    } else if (!single.enabled && single.hotpluggable === false) {
      context.error({
        code: 'vcpu/never-enabled',
        message: `CPU ${single.id} is neither there at start nor can it be plugged.`,
        hint: "Write hotpluggable='yes'.",
        at: single,
      })
    }
  }
  const ordered = vcpus.vcpu.filter((single) => single.enabled && single.order !== undefined).length
  const enabled = vcpus.vcpu.filter((single) => single.enabled).length
  if (ordered > 0 && ordered < enabled) {
    context.error({
      code: 'vcpu/order-of-some',
      message: `${ordered} of ${enabled} enabled CPUs have an order.`,
      hint: 'Give an order to each enabled CPU, or to none.',
      at: vcpus,
    })
  }
}

/** A machine that plugs whole cores starts with whole cores. */
function checkGranularity(total: number, context: Context): void {
  const { vcpu, cpu } = context.definition
  const step = context.machine.cpuHotplugUnit === 'core' ? (cpu?.topology?.threads ?? 1) : 1
  const current = vcpu?.current ?? total
  if (step === 1 || (current % step === 0 && total % step === 0)) return
  context.error({
    code: 'vcpu/hotplug-granularity',
    message: `${current} of ${total} CPUs cannot be plugged in cores of ${step} threads.`,
    hint: `Use multiples of ${step}.`,
    ...(vcpu && { at: vcpu }),
  })
}
