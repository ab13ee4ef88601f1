import { element } from '../../codec/element.ts'
import { optional, withDefault } from '../../codec/field.ts'
import { big, integer, unsetAtZero } from '../../codec/number.ts'
import { emptyAsAbsent, onOff } from '../../codec/scalar.ts'
import { settleKiB, unit } from '../../fragments/size.ts'

const sizeUnit = withDefault(unit, 'KiB', { doc: 'Unit of the number; printed as KiB.' })

export const maxMemory = element(
  'maxMemory',
  'The most memory that memory devices may bring the guest to.',
  {
    attributes: {
      slots: optional(emptyAsAbsent(unsetAtZero(integer())), { doc: 'How many memory devices fit.' }),
      unit: sizeUnit,
    },
    value: big(),
  },
  { settle: settleKiB },
)

export const memory = element(
  'memory',
  "The guest's memory at start.",
  {
    attributes: {
      dumpCore: optional(onOff, { doc: "Whether a core dump of QEMU holds the guest's memory." }),
      unit: sizeUnit,
    },
    value: big(),
  },
  { settle: settleKiB },
)

export const currentMemory = element(
  'currentMemory',
  'The memory that the balloon leaves the guest.',
  { attributes: { unit: sizeUnit }, value: big() },
  { settle: settleKiB },
)
