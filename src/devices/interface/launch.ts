import { type From, of } from '../../argv/piece.ts'
import type { Context } from '../../context/context.ts'
import type { LaunchBuilder } from '../../launch/builder.ts'
import { hostFunctionKey } from '../../parts/host-pci.ts'
import { launchHostPci } from '../../parts/host-pci-launch.ts'
import type { EmulatedInterface, Interface, InterfaceOf } from './element.ts'
import { launchTap } from './launch-tap.ts'
import { launchPasst } from './passt.ts'
import { openTapKey } from './prepare.ts'

type Needs = {
  readonly [T in Interface['type']]?: (device: InterfaceOf<T>, context: Context, plan: LaunchBuilder) => void
}

/** What connects a card, by its type; taps are told by their connection. */
const needs: Needs = {
  user: (device, context, plan) => {
    if (device.backend?.type === 'passt') launchPasst(device, context, plan)
    else plan.remark('User networking is QEMU’s own: the guest reaches out, nobody reaches it.', of(device, 'type'))
  },
  vdpa: ({ source }, _context, plan) => plan.writable(source.dev, 'a vDPA device', of(source, 'dev')),
  vhostuser: ({ source }, _context, plan) => {
    const from = of(source, 'path')
    if (source.mode === 'client') plan.writable(source.path, 'the socket of a switch', from, 'Start the switch.')
    else {
      plan.placeFor(source.path, 'the socket for a switch', from)
      plan.free(source.path, from)
    }
  },
}

/** What a card needs of the host: a tap, a helper, a host function; and the state of its link. */
export function launchInterface(device: Interface, context: Context, plan: LaunchBuilder): void {
  const fn = context.start.get(hostFunctionKey, device)
  if (fn !== undefined) {
    launchHostPci(fn, device.managed !== false, context, plan)
    return
  }
  if (device.type === 'hostdev') return
  const need = needs[device.type] as ((it: Interface, context: Context, plan: LaunchBuilder) => void) | undefined
  need?.(device, context, plan)
  const tap = context.start.get(openTapKey, device)
  if (tap !== undefined) launchTap(device, tap, context, plan)
  setLink(device, context, plan)
  if (device.filterref) plan.missing('No network filter guards its cards.', of(device.filterref, 'filter'))
  if (device.bandwidth) plan.missing('Nothing limits the traffic of its cards.', of(device, 'bandwidth'))
}

function setLink(device: EmulatedInterface, context: Context, plan: LaunchBuilder): void {
  if (device.link?.state !== 'down') return
  const from: From = of(device.link, 'state')
  plan.qmp({
    execute: 'set_link',
    arguments: { name: context.alias(device), up: false },
    what: 'a link that is down',
    from,
  })
}
