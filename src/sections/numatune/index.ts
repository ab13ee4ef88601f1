import type { Context } from '../../context/context.ts'
import type { Section } from '../../context/unit.ts'
import { defaultRule } from '../../origin/origin.ts'
import { checkHostNodes } from '../../parts/memory-backend/host-nodes.ts'
import { memory, numatune } from './element.ts'
import { launchNumatune } from './launch.ts'
import { checkNumatune } from './validate.ts'

/** Automatic placement of the CPUs goes for the memory too, where nothing else is said. */
function fillPlacement(context: Context): void {
  const { definition } = context
  const automatic = definition.vcpu?.placement === 'auto'
  const reason = defaultRule('numatune/placement')
  if (definition.numatune === undefined && automatic) {
    context.set(definition, 'numatune', numatune.create({}), reason)
  }
  const tune = definition.numatune
  if (tune === undefined) return
  if (tune.memory === undefined) {
    if (automatic && tune.memnode.length === 0) {
      context.set(tune, 'memory', memory.create({ placement: 'auto' }), reason)
    }
    return
  }
  if (tune.memory.placement === undefined) {
    const placement = tune.memory.nodeset === undefined && automatic ? 'auto' : 'static'
    context.set(tune.memory, 'placement', placement, reason)
  }
  if (tune.memory.placement === 'auto' && tune.memory.nodeset !== undefined) {
    context.set(tune.memory, 'nodeset', undefined, reason)
  }
}

export const numatuneSection = {
  implicit: [
    {
      name: 'numatune/placement',
      doc: 'Memory is placed as the CPUs are, where it has no nodeset.',
      apply: fillPlacement,
    },
  ],
  validate: (context) => {
    checkNumatune(context)
    const tune = context.definition.numatune
    if (tune?.memory?.mode === 'restrictive') return
    for (const owner of [tune?.memory, ...(tune?.memnode ?? [])]) {
      if (owner?.nodeset !== undefined && owner.mode !== 'restrictive') {
        checkHostNodes(owner.nodeset, { at: owner, field: 'nodeset' }, context)
      }
    }
  },
  launch: launchNumatune,
} satisfies Section
