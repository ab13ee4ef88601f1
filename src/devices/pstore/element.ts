import { element, type Infer } from '../../codec/element.ts'
import { optional, required, requiredChild, textChild } from '../../codec/field.ts'
import { big } from '../../codec/number.ts'
import { oneOf, text } from '../../codec/scalar.ts'
import { plainDeviceInfo } from '../../fragments/device-info.ts'
import { settleKiB, unit } from '../../fragments/size.ts'

const size = element(
  'size',
  'Its size, a power of 2 from 4 KiB.',
  {
    attributes: { unit: optional(unit, { doc: 'Unit of the number, KiB where absent; printed as KiB.' }) },
    value: big(),
  },
  { settle: settleKiB },
)

/** formatdomain, "Pstore". */
export const pstore = element('pstore', 'Where the guest keeps its last words when it panics.', {
  attributes: { backend: required(oneOf('acpi-erst'), { doc: 'How the guest reaches it: the record table of ACPI.' }) },
  children: {
    path: textChild(text, {
      doc: "The file on the host; one named after the guest beside the firmware's variables where absent.",
    }),
    size: requiredChild(size),
    ...plainDeviceInfo,
  },
})

export type Pstore = Infer<typeof pstore>
