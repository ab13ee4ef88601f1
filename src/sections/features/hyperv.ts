import type { Settling } from '../../codec/description.ts'
import { element, type Infer } from '../../codec/element.ts'
import { child, optional, required, withDefault } from '../../codec/field.ts'
import { integer } from '../../codec/number.ts'
import { absentAs, newer, oneOf, onOff, pattern } from '../../codec/scalar.ts'
import { attributeOf } from '../../xml/tree.ts'
import { chosen } from './toggle.ts'

const state = required(onOff, {
  missing: 'features/missing-state',
  invalid: 'features/state',
  doc: 'on: given; off: kept from the guest.',
})

/** The least number of retries that Hyper-V's interface allows (formatdomain, "Hypervisor features"). */
const fewestRetries = 4095

/** The largest number of 32 bits is for ever, which is what no number says. */
const untilForever = absentAs(String(0xffffffff), integer({ min: fewestRetries }))

const spinlocks = element(
  'spinlocks',
  'Tells the guest how often to try a spinlock before it yields.',
  {
    attributes: {
      state,
      retries: optional(untilForever, {
        doc: `How often, at least ${fewestRetries}; since libvirt 12.8 for ever where absent.`,
        invalid: 'features/hyperv-retries',
      }),
    },
  },
  {
    settle: ({ fields, node, knows, error }) => {
      if (fields.state !== true) fields.retries = undefined
      else if (attributeOf(node, 'retries') === undefined && !knows('12.8')) {
        error({
          code: 'features/hyperv-retries',
          message: 'Spinlocks that are on need a number of retries.',
          hint: `Add retries='${fewestRetries + 1}'.`,
        })
      }
    },
  },
)

/** What is off is as if it were not there (oracle: 11.3, 12.8). */
function forgetOff({ fields }: Settling): void {
  for (const name of ['direct', 'extended']) {
    const inner = fields[name] as { readonly state?: boolean } | undefined
    if (inner !== undefined && (fields.state !== true || inner.state !== true)) fields[name] = undefined
  }
}

const stimer = element(
  'stimer',
  'Synthetic timers.',
  {
    attributes: { state },
    children: { direct: child(chosen('direct', 'Timers that interrupt directly.')) },
  },
  { settle: forgetOff },
)

const tlbflush = element(
  'tlbflush',
  'Flush of the TLB by the hypervisor.',
  {
    attributes: { state },
    children: {
      direct: child(chosen('direct', 'For nested guests, too.'), { since: '11.0' }),
      extended: child(chosen('extended', 'Parts of it.'), { since: '11.0' }),
    },
  },
  { settle: forgetOff },
)

const vendorId = element(
  'vendor_id',
  "The hypervisor's name that the guest sees.",
  {
    attributes: {
      state,
      value: optional(pattern(/^[^,]{0,12}$/, 'a text of at most 12 characters without commas'), {
        doc: 'At most 12 characters, no comma.',
        invalid: 'features/hyperv-vendor',
      }),
    },
  },
  {
    settle: ({ fields, error }) => {
      if (fields.state !== true) fields.value = undefined
      if (fields.state !== true || fields.value !== undefined) return
      error({
        code: 'features/hyperv-vendor',
        message: 'A vendor that is on needs a name.',
        hint: "Add value='…', at most 12 characters.",
      })
    },
  },
)

/** Interfaces of Hyper-V for Windows guests. Key order is also the order on the command line. */
export const hyperv = element(
  'hyperv',
  'Interfaces of Hyper-V, for Windows.',
  {
    attributes: {
      mode: withDefault(newer(oneOf('custom', 'passthrough', 'host-model'), { 'host-model': '11.9' }), 'custom', {
        doc: 'custom: those listed; passthrough: all that the host has; host-model: all that libvirt knows of them.',
      }),
    },
    children: {
      relaxed: child(chosen('relaxed', 'Relaxed timers.')),
      vapic: child(chosen('vapic', 'A virtual APIC.')),
      spinlocks: child(spinlocks),
      vpindex: child(chosen('vpindex', 'Index of virtual processors.')),
      runtime: child(chosen('runtime', 'Time that a processor ran.')),
      synic: child(chosen('synic', 'Synthetic interrupt controller.')),
      stimer: child(stimer),
      reset: child(chosen('reset', 'Reset by the hypervisor.')),
      vendor_id: child(vendorId),
      frequencies: child(chosen('frequencies', 'Registers of frequencies.')),
      reenlightenment: child(chosen('reenlightenment', 'Tells the guest that it was migrated.')),
      tlbflush: child(tlbflush),
      ipi: child(chosen('ipi', 'Interrupts between processors by the hypervisor.')),
      evmcs: child(chosen('evmcs', 'Enlightened VMCS, for nested guests.')),
      avic: child(chosen('avic', 'The synthetic interrupt controller along with APICv or AVIC.')),
      emsr_bitmap: child(chosen('emsr_bitmap', 'Enlightened bitmap of registers, for nested guests.'), {
        since: '10.7',
      }),
      xmm_input: child(chosen('xmm_input', 'Hypercalls take their input in XMM registers.'), { since: '10.7' }),
    },
  },
  {
    alwaysOpen: { until: '12.8' },
    lastHolds: true,
    // With all that the host has, what else is named does not count.
    closed: { code: 'features/unknown', unless: ({ mode }) => mode === 'passthrough' },
    settle: ({ fields }) => {
      if (fields.mode !== 'passthrough') return
      for (const name of Object.keys(fields)) if (name !== 'mode') fields[name] = undefined
    },
  },
)

export type Hyperv = Infer<typeof hyperv>
export type Enlightenment = Exclude<keyof Hyperv, 'mode'>

/** All of them, in the order of the command line. */
export const enlightenments = Object.keys(hyperv.shape.children ?? {}) as readonly Enlightenment[]
