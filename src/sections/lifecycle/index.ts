import { of, rule } from '../../argv/piece.ts'
import type { Context } from '../../context/context.ts'
import type { Section } from '../../context/unit.ts'
import { defaultRule } from '../../origin/origin.ts'
import { launchLifecycle } from './launch.ts'

/** What QEMU itself cannot do: it only stops, or starts again. */
function checkActions(context: Context): void {
  const { definition } = context
  for (const field of ['on_poweroff', 'on_reboot', 'on_crash'] as const) {
    if (definition[field] !== 'rename-restart') continue
    context.error({
      code: 'lifecycle/action-unsupported',
      message: `QEMU cannot start a guest again under another name (<${field}>).`,
      hint: field === 'on_crash' ? 'Write destroy, restart or preserve.' : 'Write destroy or restart.',
      field,
    })
  }
  for (const field of ['on_poweroff', 'on_reboot'] as const) {
    if (definition[field] !== 'preserve') continue
    context.error({
      code: 'lifecycle/action-unsupported',
      message: `A guest that has ended by itself is not kept (<${field}>): only one that crashed is.`,
      hint: 'Write destroy or restart.',
      field,
    })
  }
  if (definition.on_poweroff === 'restart' && definition.on_reboot === 'destroy') {
    context.error({
      code: 'lifecycle/actions-crossed',
      message: 'A guest that starts again when it powers off cannot be ended by a reboot.',
      hint: 'Write <on_reboot>restart</on_reboot> or <on_poweroff>destroy</on_poweroff>.',
      field: 'on_reboot',
    })
  }
}

function checkSleep(context: Context): void {
  const { pm } = context.definition
  if (pm?.['suspend-to-mem']?.enabled === undefined && pm?.['suspend-to-disk']?.enabled === undefined) return
  if (context.machine.powerManagement !== undefined) return
  context.error({
    code: 'pm/unsupported',
    message: `The sleep states of ${context.definition.os.type.machine} cannot be set.`,
    hint: 'Remove <pm>: only PCs have them.',
    at: pm,
  })
}

export const lifecycleSection = {
  basic: [
    {
      name: 'lifecycle/defaults',
      doc: 'A guest that powers off or crashes ends; one that reboots is started again.',
      apply: (context) => {
        const { definition } = context
        const reason = defaultRule('lifecycle/defaults')
        if (definition.on_poweroff === undefined) context.set(definition, 'on_poweroff', 'destroy', reason)
        if (definition.on_reboot === undefined) context.set(definition, 'on_reboot', 'restart', reason)
        if (definition.on_crash === undefined) context.set(definition, 'on_crash', 'destroy', reason)
      },
    },
  ],
  validate: (context) => {
    checkActions(context)
    checkSleep(context)
  },
  argv: {
    shutdown: (_context, out) => out.flag('-no-shutdown', rule('lifecycle/no-shutdown')),
    sleep: ({ definition, machine }, out) => {
      const { pm } = definition
      for (const [field, property] of [
        ['suspend-to-mem', 'disable_s3'],
        ['suspend-to-disk', 'disable_s4'],
      ] as const) {
        const state = pm?.[field]
        if (state?.enabled === undefined) continue
        out.text('-global', `${machine.powerManagement}.${property}=${state.enabled ? 0 : 1}`, of(state, 'enabled'))
      }
    },
  },
  launch: launchLifecycle,
} satisfies Section
