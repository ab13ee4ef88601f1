import { element } from '../../codec/element.ts'
import { child, many, optional, required, textChild } from '../../codec/field.ts'
import { oneOf, yesNo } from '../../codec/scalar.ts'

const onEvent = oneOf('destroy', 'restart', 'preserve', 'rename-restart')
const onCrash = oneOf('destroy', 'restart', 'preserve', 'rename-restart', 'coredump-destroy', 'coredump-restart')

/** What happens when the guest stops (formatdomain, "Events configuration"). */
export const lifecycle = {
  on_poweroff: textChild(onEvent, {
    doc: 'When the guest powers off; destroy where absent.',
    invalid: 'lifecycle/action',
  }),
  on_reboot: textChild(onEvent, { doc: 'When the guest reboots; restart where absent.', invalid: 'lifecycle/action' }),
  on_crash: textChild(onCrash, { doc: 'When the guest crashes; destroy where absent.', invalid: 'lifecycle/action' }),
  on_lockfailure: textChild(oneOf('poweroff', 'restart', 'pause', 'ignore'), {
    doc: 'When the lock manager loses a lock; its own choice where absent.',
    invalid: 'lifecycle/action',
  }),
} as const

function suspend(name: string, state: string) {
  return element(
    name,
    `Sleep to ${state}.`,
    { attributes: { enabled: optional(yesNo, { doc: 'Whether the firmware offers it.' }) } },
    { omitEmpty: true },
  )
}

const pm = element(
  'pm',
  'Sleep states that the firmware offers to the guest.',
  {
    children: {
      'suspend-to-mem': child(suspend('suspend-to-mem', 'memory (ACPI S3)')),
      'suspend-to-disk': child(suspend('suspend-to-disk', 'disk (ACPI S4)')),
    },
  },
  { omitEmpty: true },
)

const event = element('event', 'An event of the host that is counted for the guest.', {
  attributes: {
    name: required(
      oneOf(
        'cmt',
        'mbmt',
        'mbml',
        'cpu_cycles',
        'instructions',
        'cache_references',
        'cache_misses',
        'branch_instructions',
        'branch_misses',
        'bus_cycles',
        'stalled_cycles_frontend',
        'stalled_cycles_backend',
        'ref_cpu_cycles',
        'cpu_clock',
        'task_clock',
        'page_faults',
        'context_switches',
        'cpu_migrations',
        'page_faults_min',
        'page_faults_maj',
        'alignment_faults',
        'emulation_faults',
      ),
      { invalid: 'perf/event', doc: 'Its name.' },
    ),
    enabled: required(yesNo, { doc: 'Whether it is counted.' }),
  },
})

const perf = element(
  'perf',
  'Performance events that libvirt counts.',
  { children: { event: many(event) } },
  { omitEmpty: true },
)

export const power = { pm: child(pm, { merges: true }), perf: child(perf) } as const
