import { type From, of } from '../../argv/piece.ts'
import { isX86 } from '../../capabilities/table.ts'
import type { Context } from '../../context/context.ts'
import type { SharedOptions } from '../../context/shared-options.ts'
import { type Enlightenment, enlightenments, type Hyperv } from './hyperv.ts'
import { givenHyperv } from './hyperv-host.ts'

type CpuOption = SharedOptions['cpu']

/** The features that are properties of the processor (QEMU: -cpu), room by room. */
export function contributeToProcessor(context: Context, cpu: CpuOption): void {
  const { definition, machine } = context
  const { features } = definition
  if (features === undefined) return
  const { apic, pvspinlock, hyperv, kvm, pmu } = features
  if (apic) cpu.put('paravirt', 'kvm-pv-eoi', apic.eoi, of(apic, 'eoi'))
  if (pvspinlock) cpu.put('paravirt', 'kvm-pv-unhalt', pvspinlock.state, of(pvspinlock, 'state'))
  const given = hyperv && givenHyperv(hyperv, context)
  if (given) {
    contributeClock(given, context, cpu)
    contributeHyperv(given, isX86(context.arch) ? '-' : '_', cpu)
  }
  const putWhere = (toggle: { readonly state: boolean } | undefined, state: boolean, name: string, value: boolean) => {
    if (toggle?.state === state) cpu.put('kvm', name, value, of(toggle, 'state'))
  }
  putWhere(kvm?.hidden, true, 'kvm', false)
  putWhere(kvm?.['hint-dedicated'], true, 'kvm-hint-dedicated', true)
  putWhere(kvm?.['poll-control'], true, 'kvm-poll-control', true)
  putWhere(kvm?.['pv-ipi'], false, 'kvm-pv-ipi', false)
  if (pmu && !machine.power) cpu.put('pmu', 'pmu', pmu.state, of(pmu, 'state'))
}

type Printer = (hyperv: Hyperv, put: (name: string, value: boolean | string | undefined, from: From) => void) => void

/** Of a number that is not said (oracle: 12.8). */
const neverYields = 0xffff_ffff

/** Enlightenments that are more than a switch; the others print `hv-NAME=on`. */
const special: { readonly [E in Enlightenment]?: Printer } = {
  spinlocks: ({ spinlocks }, put) => {
    if (!spinlocks?.state) return
    put('hv-spinlocks', `0x${(spinlocks.retries ?? neverYields).toString(16)}`, of(spinlocks, 'retries'))
  },
  vendor_id: ({ vendor_id: vendor }, put) => {
    if (vendor?.state) put('hv-vendor-id', vendor.value, of(vendor, 'value'))
  },
  stimer: ({ stimer }, put) => {
    if (!stimer?.state) return
    put('hv-stimer', true, of(stimer, 'state'))
    if (stimer.direct?.state) put('hv-stimer-direct', true, of(stimer.direct, 'state'))
  },
  tlbflush: ({ tlbflush }, put) => {
    if (!tlbflush?.state) return
    put('hv-tlbflush', true, of(tlbflush, 'state'))
    if (tlbflush.direct?.state) put('hv-tlbflush-direct', true, of(tlbflush.direct, 'state'))
    if (tlbflush.extended?.state) put('hv-tlbflush-ext', true, of(tlbflush.extended, 'state'))
  },
}

/** The timers of host-model count by the clock of Hyper-V, also where the domain has none (oracle: 12.8). */
function contributeClock({ mode, stimer }: Hyperv, { definition: { clock } }: Context, cpu: CpuOption): void {
  const hasClock = clock?.timer.some(({ name, present }) => name === 'hypervclock' && present)
  if (mode === 'host-model' && stimer?.state && !hasClock) cpu.put('timers', 'hv-time', true, of(stimer, 'state'))
}

/** @param joint between the words of a name: only x86 has names of QEMU's own (oracle: 11.3, 12.8) */
function contributeHyperv(hyperv: Hyperv, joint: '-' | '_', cpu: CpuOption): void {
  const put = (name: string, value: boolean | string | undefined, from: From) => cpu.put('hyperv', name, value, from)
  if (hyperv.mode === 'passthrough') {
    put('hv-passthrough', true, of(hyperv, 'mode'))
    return
  }
  for (const name of enlightenments) {
    const print = special[name]
    const chosen = hyperv[name]
    if (print) print(hyperv, put)
    else if (chosen?.state) put(`hv-${name.replace('_', joint)}`, true, of(chosen, 'state'))
  }
}
