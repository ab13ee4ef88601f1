import type { ChildField } from '../../codec/description.ts'
import { element, type Infer } from '../../codec/element.ts'
import { child, withDefault } from '../../codec/field.ts'
import { oneOf } from '../../codec/scalar.ts'
import { chosen } from './toggle.ts'

/** What root may do in a container (capabilities(7)). */
const names = [
  'audit_control',
  'audit_write',
  'block_suspend',
  'chown',
  'dac_override',
  'dac_read_search',
  'fowner',
  'fsetid',
  'ipc_lock',
  'ipc_owner',
  'kill',
  'lease',
  'linux_immutable',
  'mac_admin',
  'mac_override',
  'mknod',
  'net_admin',
  'net_bind_service',
  'net_broadcast',
  'net_raw',
  'setgid',
  'setfcap',
  'setpcap',
  'setuid',
  'sys_admin',
  'sys_boot',
  'sys_chroot',
  'sys_module',
  'sys_nice',
  'sys_pacct',
  'sys_ptrace',
  'sys_rawio',
  'sys_resource',
  'sys_time',
  'sys_tty_config',
  'syslog',
  'wake_alarm',
] as const

/** Each by its name: a type without an index. */
type CapabilityChildren = {
  readonly [name in (typeof names)[number]]: ChildField<Infer<ReturnType<typeof chosen>> | undefined>
}

/** For containers (LXC); a guest of QEMU carries it without effect. */
export const containerCapabilities = element(
  'capabilities',
  'What root may do in a container.',
  {
    attributes: {
      policy: withDefault(oneOf('default', 'allow', 'deny'), 'default', { doc: 'What holds for those not listed.' }),
    },
    children: Object.fromEntries(
      names.map((name) => [name, child(chosen(name, `The capability ${name}.`))]),
    ) as CapabilityChildren,
  },
  { lastHolds: true, closed: { code: 'features/unknown' } },
)
