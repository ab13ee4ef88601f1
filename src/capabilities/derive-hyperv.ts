import { type Json, objectOf } from '../json/loose.ts'
import type { Period } from '../release/dated.ts'
import { expansion, hypervPassthrough, modelIn } from './derive-cpu.ts'
import { answerTo, type Session } from './dialogue.ts'
import type { HypervValues } from './table.ts'

interface Enlightenment extends Period {
  /** libvirt's name. */
  readonly name: string
  readonly qemu: string
}

/** The Hyper-V enlightenments in the order of libvirt's documentation of `<hyperv>`, then the switches inside two of them. */
export const enlightenments: readonly Enlightenment[] = [
  { name: 'relaxed', qemu: 'hv-relaxed' },
  { name: 'vapic', qemu: 'hv-vapic' },
  { name: 'spinlocks', qemu: 'hv-spinlocks' },
  { name: 'vpindex', qemu: 'hv-vpindex' },
  { name: 'runtime', qemu: 'hv-runtime' },
  { name: 'synic', qemu: 'hv-synic' },
  { name: 'stimer', qemu: 'hv-stimer' },
  { name: 'reset', qemu: 'hv-reset' },
  { name: 'vendor_id', qemu: 'hv-vendor-id' },
  { name: 'frequencies', qemu: 'hv-frequencies' },
  { name: 'reenlightenment', qemu: 'hv-reenlightenment' },
  { name: 'tlbflush', qemu: 'hv-tlbflush' },
  { name: 'ipi', qemu: 'hv-ipi' },
  { name: 'evmcs', qemu: 'hv-evmcs' },
  { name: 'avic', qemu: 'hv-avic' },
  { name: 'emsr_bitmap', qemu: 'hv-emsr-bitmap', since: '10.7' },
  { name: 'xmm_input', qemu: 'hv-xmm-input', since: '10.7' },
  { name: 'stimer_direct', qemu: 'hv-stimer-direct', since: '11.9' },
  { name: 'tlbflush_direct', qemu: 'hv-tlbflush-direct', since: '11.9' },
  { name: 'tlbflush_extended', qemu: 'hv-tlbflush-ext', since: '11.9' },
]

/** The enlightenments that are on where all that the host has are passed through; older than QEMU 8.0: unknown. */
export function hypervOf(session: Session | undefined): string[] | undefined {
  const model = modelIn(answerTo(session, expansion('full', 'host', hypervPassthrough)))
  const properties = objectOf(model?.props)
  const found = enlightenments.filter(({ qemu }) => isOn(properties[qemu])).map(({ name }) => name)
  return found.length > 0 ? found : undefined
}

/** Those that are more than a switch. */
export function hypervValuesOf(session: Session | undefined): HypervValues | undefined {
  const properties = objectOf(modelIn(answerTo(session, expansion('full', 'host', hypervPassthrough)))?.props)
  const [retries, vendor] = [properties['hv-spinlocks'], properties['hv-vendor-id']]
  const spinlocks = typeof retries === 'number' && isOn(retries) ? { spinlocks: retries } : {}
  const vendorId = typeof vendor === 'string' && isOn(vendor) ? { vendorId: vendor } : {}
  const values = { ...spinlocks, ...vendorId }
  return Object.keys(values).length > 0 ? values : undefined
}

/** What stands for "never" where the number of spin lock retries is not set. */
const noSpinlocks = 0xffffffff

/** A number (spin lock retries) or a text (vendor) is on where it is set. */
function isOn(value: Json | undefined): boolean {
  return value !== undefined && value !== false && value !== '' && value !== noSpinlocks
}
