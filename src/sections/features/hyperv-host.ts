import type { Context } from '../../context/context.ts'
import { defaultRule } from '../../origin/origin.ts'
import { type Enlightenment, enlightenments, type Hyperv } from './hyperv.ts'

type Given = { -readonly [E in Enlightenment]: Hyperv[E] }

/**
 * The enlightenments of a guest at its start: with mode host-model those that the host offers, and what is named in the
 * domain as it is named (oracle: 12.8, with tables of more and of less). undefined where nobody told what the host offers.
 */
export function givenHyperv(hyperv: Hyperv, context: Context): Hyperv | undefined {
  if (hyperv.mode !== 'host-model') return hyperv
  const { capabilities } = context
  if (capabilities.recordedOn !== 'host') return undefined
  const reason = defaultRule('features/hyperv-host-model')
  const offered = new Set(capabilities.hyperv)
  const on = (name: string) => (offered.has(name) ? context.made({ state: true }, reason) : undefined)
  const { spinlocks: retries, vendorId } = capabilities.hypervValues ?? {}
  const offers: { readonly [E in Enlightenment]?: () => Hyperv[E] } = {
    spinlocks: () => (retries === undefined ? undefined : context.made({ state: true, retries }, reason)),
    stimer: () => on('stimer') && context.made({ state: true, direct: on('stimer_direct') }, reason),
    vendor_id: () => (vendorId === undefined ? undefined : context.made({ state: true, value: vendorId }, reason)),
    tlbflush: () =>
      on('tlbflush') &&
      context.made({ state: true, direct: on('tlbflush_direct'), extended: on('tlbflush_extended') }, reason),
  }
  const host = Object.fromEntries(enlightenments.map((name) => [name, (offers[name] ?? (() => on(name)))()]))
  const named = Object.fromEntries(Object.entries(hyperv).filter(([, value]) => value !== undefined))
  return context.made<Hyperv>({ ...(host as Given), ...(named as Hyperv) }, reason)
}
