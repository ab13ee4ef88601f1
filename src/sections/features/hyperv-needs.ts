import type { Context } from '../../context/context.ts'
import type { DomainRule } from '../../context/unit.ts'
import type { Enlightenment, Hyperv } from './hyperv.ts'

/** Enlightenments that build on another one (QEMU: docs/system/i386/hyperv.rst). */
const buildsOn: readonly (readonly [Enlightenment, Enlightenment])[] = [
  ['synic', 'vpindex'],
  ['stimer', 'synic'],
  ['tlbflush', 'vpindex'],
  ['ipi', 'vpindex'],
  ['evmcs', 'vapic'],
]

/** Which of them libvirt insists on (NEWS of 11.9; 12.8 asked: old machine types have no need of vpindex for synic). */
const demanded: typeof buildsOn = buildsOn.filter(([name]) => name !== 'synic')
const advised: typeof buildsOn = buildsOn.filter((pair) => !demanded.includes(pair))

interface Lack {
  readonly name: string
  readonly needed: string
  readonly at: object
}

function lacks(hyperv: Hyperv, pairs: typeof buildsOn): Lack[] {
  return pairs.flatMap(([name, needed]) => {
    const at = hyperv[name]
    return !at?.state || hyperv[needed]?.state ? [] : [{ name, needed, at }]
  })
}

/** What QEMU, or the guest, may mind. */
const advise = (pairs: typeof buildsOn) => (context: Context) => {
  const { hyperv } = context.definition.features ?? {}
  for (const { name, needed, at } of hyperv ? lacks(hyperv, pairs) : []) {
    context.warn({
      code: 'features/hyperv-incomplete',
      message: `<${name}> builds on <${needed}>, which is off.`,
      hint: `Add <${needed} state='on'/>.`,
      at,
    })
  }
}

function demand(context: Context): void {
  advise(advised)(context)
  const { clock, features } = context.definition
  const { hyperv } = features ?? {}
  if (hyperv === undefined || hyperv.mode === 'passthrough') return
  const { stimer, tlbflush, vapic } = hyperv
  const refuse = (name: string, needs: string, hint: string, at: object) =>
    context.error({ code: 'features/hyperv-needs', message: `<${name}> needs ${needs}.`, hint, at })
  for (const { name, needed, at } of lacks(hyperv, demanded)) {
    refuse(name, `<${needed}>, which is off`, `Add <${needed} state='on'/>, or remove <${name}>.`, at)
  }
  const hasClock = clock?.timer.some(({ name, present }) => name === 'hypervclock' && present)
  if (stimer?.state && !hasClock) {
    refuse('stimer', 'the timer hypervclock', "Add <timer name='hypervclock' present='yes'/> to <clock>.", stimer)
  }
  if (tlbflush?.state && tlbflush.direct?.state && !vapic?.state) {
    refuse('direct', '<vapic>, which is off', "Add <vapic state='on'/>.", tlbflush.direct)
  }
}

/** What KVM offers of Hyper-V is a fact of the host. */
function refuseHostModel(context: Context): void {
  const { hyperv } = context.definition.features ?? {}
  if (hyperv?.mode !== 'host-model' || context.capabilities.recordedOn === 'host') return
  context.error({
    code: 'features/hyperv-host-model',
    when: 'start',
    message:
      'Which enlightenments mode host-model stands for is a fact of the host, which this table of a QEMU does not know.',
    hint: "Give a table that was made on the host (--capabilities), or name them with mode='custom'.",
    at: hyperv,
    field: 'mode',
  })
}

/** Before 11.9 libvirt minds none of them. */
export const hypervChecks: readonly DomainRule[] = [
  {
    name: 'features/hyperv',
    doc: 'What an enlightenment builds on should be there.',
    until: '11.9',
    apply: advise(buildsOn),
  },
  { name: 'features/hyperv', doc: 'What an enlightenment builds on is there.', since: '11.9', apply: demand },
  { name: 'features/hyperv-host-model', doc: 'The enlightenments of the host are named.', apply: refuseHostModel },
]
