import type { Settling } from '../../codec/description.ts'
import { element, type Infer } from '../../codec/element.ts'
import { child, flag, many, optional, required, requiredChild, withDefault } from '../../codec/field.ts'
import { big, integer, unsetAtZero } from '../../codec/number.ts'
import { absentAs, emptyAsAbsent, newer, nonEmpty, oneOf, onOff, pattern } from '../../codec/scalar.ts'
import { deviceInfo, plainDeviceInfo } from '../../fragments/device-info.ts'
import { settleBytes, unit } from '../../fragments/size.ts'
import { virtioOptions } from '../../fragments/virtio-options.ts'

/** Octal, as chmod takes it; always printed with four digits. */
const fileMode = pattern(/^[0-7]{1,4}$/, 'an octal file mode such as 0644', (raw) => raw.padStart(4, '0'))

const driver = element(
  'driver',
  'How the folder reaches the guest.',
  {
    attributes: {
      type: optional(newer(oneOf('path', 'handle', 'loop', 'nbd', 'ploop', 'virtiofs', 'mtp'), { mtp: '10.2' }), {
        doc: 'path: 9p by QEMU itself; virtiofs: by a helper; mtp: a USB media device.',
      }),
      wrpolicy: optional(oneOf('immediate'), {
        doc: 'immediate: what the guest writes goes to the disk at once (9p).',
      }),
      queue: optional(emptyAsAbsent(unsetAtZero(big())), { doc: 'Size of the request queue (virtiofs).' }),
      ...virtioOptions,
    },
  },
  {
    omitEmpty: true,
    unbuilt: { attributes: ['name', 'format'] },
    settle: ({ fields }) => {
      if (fields.type !== 'virtiofs') fields.queue = undefined
    },
  },
)

const lock = element('lock', 'Locks that the helper passes through.', {
  attributes: {
    posix: optional(onOff, { doc: 'Locks of fcntl reach the host.' }),
    flock: optional(onOff, { doc: 'Locks of flock reach the host.' }),
  },
})

const binary = element(
  'binary',
  'The helper of virtiofs.',
  {
    attributes: {
      path: optional(nonEmpty, { doc: "The helper's program; from the host's descriptors where absent." }),
      xattr: optional(onOff, { doc: 'Extended attributes.' }),
    },
    children: {
      cache: child(
        element('cache', 'Caching by the guest.', {
          attributes: {
            mode: required(oneOf('none', 'auto', 'always'), { doc: 'How long the guest trusts what it knows.' }),
          },
        }),
      ),
      sandbox: child(
        element('sandbox', 'How the helper is locked in.', {
          attributes: { mode: required(oneOf('namespace', 'chroot'), { doc: 'How the helper is shut in.' }) },
        }),
      ),
      lock: child(lock),
      thread_pool: child(
        element('thread_pool', 'Threads of the helper.', {
          attributes: { size: required(integer({ max: 0x7fffffff }), { doc: 'How many.' }) },
        }),
      ),
      openfiles: child(
        element(
          'openfiles',
          'Files the helper may hold open.',
          {
            attributes: { max: required(unsetAtZero(big()), { doc: 'How many.' }) },
          },
          { omitWhere: ({ max }) => max === undefined },
        ),
      ),
    },
  },
  { omitEmpty: true },
)

const source = element(
  'source',
  "The host's side.",
  {
    attributes: {
      dir: optional(nonEmpty, { doc: 'The folder on the host.' }),
      socket: optional(nonEmpty, { doc: 'Socket of a virtiofs helper that somebody else runs, who knows the folder.' }),
    },
  },
  {
    // Source: oracle (11.3, 12.8).
    settle: ({ fields }) => {
      if (fields.socket !== undefined) fields.dir = undefined
    },
  },
)

const target = element('target', "The guest's side.", {
  attributes: {
    dir: required(nonEmpty, { doc: 'The tag by which the guest mounts it.', missing: 'filesystem/missing-target' }),
  },
})

const identity = element('uid', 'Maps identities.', {
  attributes: {
    start: required(integer(), { doc: 'First id in the guest.' }),
    target: required(integer(), { doc: 'The id of the host that the first becomes.' }),
    count: required(integer(), { doc: 'How many ids.' }),
  },
})

/** Only the helper of virtiofs maps, and groups only where it maps users (oracle: 11.3, 12.8). */
function settleFilesystem({ fields }: Settling): void {
  const { driver, idmap } = fields as { driver?: { type?: string }; idmap?: { uid: readonly unknown[] } }
  if (driver?.type !== 'virtiofs' || idmap?.uid.length === 0) fields.idmap = undefined
}

const idmap = element('idmap', 'Maps users and groups of the guest to those of the host (virtiofs).', {
  children: { uid: many(identity), gid: many(identity) },
})

const limit = (name: string, doc: string) =>
  element(
    name,
    doc,
    { attributes: { unit: withDefault(unit, 'bytes', { doc: 'Unit of the size.' }) }, value: unsetAtZero(big()) },
    { omitWhere: ({ value }) => value === undefined, settle: settleBytes },
  )

export const filesystem = element(
  'filesystem',
  'A folder of the host that the guest can mount.',
  {
    attributes: {
      type: withDefault(oneOf('mount', 'block', 'file', 'template', 'ram', 'bind', 'volume'), 'mount', {
        doc: 'mount is the one that QEMU has.',
      }),
      accessmode: optional(emptyAsAbsent(oneOf('passthrough', 'mapped', 'squash')), {
        doc: "Whose rights the guest's accesses have: the guest's (passthrough), QEMU's with the guest's in attributes (mapped), QEMU's (squash).",
      }),
      model: optional(oneOf('virtio', 'virtio-transitional', 'virtio-non-transitional'), {
        doc: 'Generation of virtio.',
      }),
      multidevs: optional(absentAs('default', oneOf('remap', 'forbid', 'warn')), {
        doc: 'What happens where the folder spans several file systems; default: what QEMU does by itself.',
      }),
      fmode: optional(fileMode, { keepsEmpty: true, doc: 'Mode of new files (mapped).', invalid: 'filesystem/mode' }),
      dmode: optional(fileMode, { keepsEmpty: true, doc: 'Mode of new folders (mapped).', invalid: 'filesystem/mode' }),
    },
    children: {
      driver: child(driver),
      binary: child(binary),
      idmap: child(idmap),
      source: requiredChild(source, { missing: 'filesystem/missing-source' }),
      target: requiredChild(target, { missing: 'filesystem/missing-target' }),
      readonly: flag({ doc: 'The guest cannot write.' }),
      space_hard_limit: child(limit('space_hard_limit', 'Most space, hard limit.')),
      space_soft_limit: child(limit('space_soft_limit', 'Most space, soft limit.')),
      boot: deviceInfo.boot,
      ...plainDeviceInfo,
    },
  },
  { settle: settleFilesystem },
)

export type Filesystem = Infer<typeof filesystem>
