import { of, rule } from '../../argv/piece.ts'
import type { Context } from '../../context/context.ts'
import type { SharedOptions } from '../../context/shared-options.ts'
import { machineAcpi } from './acpi.ts'
import type { Features } from './element.ts'
import { takesGicVersion } from './gic.ts'

type MachineOption = SharedOptions['machine']

/** The features that are properties of the machine (QEMU: -machine). */
export function contributeToMachine(context: Context, machine: MachineOption): void {
  const { features } = context.definition
  contributeAcpi(context, machine)
  if (features === undefined) return
  const { vmport, smm, ioapic, gic, ras, ps2, aia, virtualization } = features
  if (vmport) machine.put('vmport', vmport.state, of(vmport, 'state'))
  if (smm) machine.put('smm', smm.state, of(smm, 'state'))
  if (ioapic) machine.put('kernel_irqchip', ioapic.driver === 'kvm' ? 'on' : 'split', of(ioapic, 'driver'))
  if (gic && takesGicVersion(context)) machine.put('gic-version', gic.version, of(gic, 'version'))
  if (ras) machine.put('ras', ras.state, of(ras, 'state'))
  if (ps2) machine.put('i8042', ps2.state, of(ps2, 'state'))
  if (aia) machine.put('aia', aia.value, of(aia, 'value'))
  if (virtualization) machine.put('virtualization', true, of(features, 'virtualization'))
  contributePower(features, machine)
}

function contributePower(features: Features, machine: MachineOption): void {
  const { hpt, htm, cfpc, sbbc, ibs } = features
  if (hpt) machine.put('resize-hpt', hpt.resizing, of(hpt, 'resizing'))
  if (hpt?.maxpagesize?.value) {
    machine.put('cap-hpt-max-page-size', `${hpt.maxpagesize.value}k`, of(hpt.maxpagesize, 'value'))
  }
  if (htm) machine.put('cap-htm', htm.state, of(htm, 'state'))
  const nested = features['nested-hv']
  if (nested) machine.put('cap-nested-hv', nested.state, of(nested, 'state'))
  const assist = features['ccf-assist']
  if (assist) machine.put('cap-ccf-assist', assist.state, of(assist, 'state'))
  if (cfpc) machine.put('cap-cfpc', cfpc.value, of(cfpc, 'value'))
  if (sbbc) machine.put('cap-sbbc', sbbc.value, of(sbbc, 'value'))
  if (ibs) machine.put('cap-ibs', ibs.value, of(ibs, 'value'))
}

function contributeAcpi(context: Context, machine: MachineOption): void {
  if (machineAcpi(context) !== 'yes') return
  const { features } = context.definition
  machine.put('acpi', features?.acpi === true, features ? of(features, 'acpi') : rule('features/no-acpi'))
}

/** `-no-acpi`, where QEMU does not tell which machines have ACPI. */
export function withoutAcpi(context: Context): boolean {
  return machineAcpi(context) === 'unknown' && context.machine.acpi && !context.definition.features?.acpi
}
