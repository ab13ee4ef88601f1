import type { Settling } from '../../codec/description.ts'
import { element, type Infer } from '../../codec/element.ts'
import { child, optional, required, withDefault } from '../../codec/field.ts'
import { big, cNumber, unsetAtZero } from '../../codec/number.ts'
import { nonEmpty, oneOf, onOff, pattern } from '../../codec/scalar.ts'
import { plainDeviceInfo } from '../../fragments/device-info.ts'
import { bytesOfUnit, unit } from '../../fragments/size.ts'

const mebibyte = 1n << 20n

const model = element('model', "QEMU's device.", {
  attributes: {
    type: required(oneOf('ivshmem', 'ivshmem-plain', 'ivshmem-doorbell'), {
      doc: 'plain: memory alone; doorbell: with interrupts, by way of a server; ivshmem: both, before QEMU 4.0.',
    }),
  },
})

export const shmemSize = element(
  'size',
  'Its size, a power of 2 from 1 MiB.',
  {
    attributes: { unit: withDefault(unit, 'b', { doc: 'Unit of the number; printed as M.' }) },
    value: big(),
  },
  {
    settle: ({ fields, error }) => {
      const bytes = (typeof fields.value === 'bigint' ? fields.value : 0n) * (bytesOfUnit(String(fields.unit)) ?? 1n)
      if (bytes === 0n) {
        fields.value = undefined
        fields.unit = 'M'
        return
      }
      if (bytes < mebibyte || (bytes & (bytes - 1n)) !== 0n) {
        error({
          code: 'shmem/size',
          message: `Shared memory of ${bytes} bytes cannot be: the size is a power of 2 from 1 MiB.`,
          hint: "Write for example <size unit='M'>4</size>.",
        })
      }
      fields.value = bytes / mebibyte
      fields.unit = 'M'
    },
  },
)

const server = element('server', 'Who hands out the memory and its interrupts.', {
  attributes: { path: optional(nonEmpty, { doc: 'The socket it listens on.' }) },
})

export const msi = element('msi', 'Interrupts from other guests.', {
  attributes: {
    vectors: optional(unsetAtZero(cNumber()), { doc: 'How many.' }),
    ioeventfd: optional(onOff, { doc: 'Whether the kernel delivers them.' }),
  },
})

/** The server has the size (oracle: 11.3, 12.8). */
function settleShmem({ fields, error }: Settling): void {
  const { model, size } = fields as { model?: { type: string }; size?: { value?: bigint } }
  if (model?.type !== 'ivshmem-doorbell' || size === undefined) return
  fields.size = undefined
  if (size.value === undefined) return
  error({
    code: 'shmem/doorbell-size',
    message: "The size of memory that a server hands out is the server's.",
    hint: 'Remove <size>.',
  })
}

/** formatdomain, "Shared memory device". */
export const shmem = element(
  'shmem',
  'Memory that guests share.',
  {
    attributes: {
      name: required(
        {
          ...pattern(/^(?!\.{1,2}$)[^/]+$/, 'a name without a slash, and neither . nor ..'),
          examples: ['shm0', '..a'],
        },
        {
          doc: 'Name of the memory.',
          invalid: 'shmem/name',
        },
      ),
      role: optional(oneOf('master', 'peer'), { doc: 'master: its content goes along when the guest migrates.' }),
    },
    children: {
      model: child(model),
      size: child(shmemSize),
      server: child(server),
      msi: child(msi),
      ...plainDeviceInfo,
    },
  },
  { settle: settleShmem },
)

export type Shmem = Infer<typeof shmem>
export type ShmemModel = Infer<typeof model>['type']
export { model as shmemModel }
