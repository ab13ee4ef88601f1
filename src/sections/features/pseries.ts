import { element } from '../../codec/element.ts'
import { child, optional, required, withDefault } from '../../codec/field.ts'
import { big } from '../../codec/number.ts'
import { oneOf } from '../../codec/scalar.ts'
import { settleKiB, unit } from '../../fragments/size.ts'
import { chosen } from './toggle.ts'

const maxPageSize = element(
  'maxpagesize',
  'The largest page of the guest.',
  { attributes: { unit: withDefault(unit, 'KiB', { doc: 'Unit of the size.' }) }, value: big() },
  { settle: settleKiB, omitWhere: ({ value }) => !value },
)

export const hpt = element('hpt', 'The hashed page table.', {
  attributes: {
    resizing: optional(oneOf('enabled', 'disabled', 'required'), { doc: 'Whether the guest may change its size.' }),
  },
  children: { maxpagesize: child(maxPageSize) },
})

/** `<name value='broken'/>`: how far a leak of the processor is closed. */
function mitigation<const V extends string>(name: string, doc: string, ...values: V[]) {
  return element(name, doc, {
    attributes: {
      value: required(oneOf(...values), {
        invalid: 'features/mitigation',
        doc: 'How strong the guest is told that the mitigation is.',
      }),
    },
  })
}

/** Features of pseries guests, split by where they print. */
export const hashPageTable = { hpt: child(hpt) } as const

export const powerToggles = {
  htm: child(chosen('htm', 'Transactional memory.')),
  'nested-hv': child(chosen('nested-hv', 'The guest may run guests itself.')),
} as const

export const countCache = { 'ccf-assist': child(chosen('ccf-assist', 'Help in flushing the count cache.')) } as const

export const mitigations = {
  cfpc: child(mitigation('cfpc', 'Cache flush on a change of privilege.', 'broken', 'workaround', 'fixed')),
  sbbc: child(mitigation('sbbc', 'Speculation barrier at bounds checks.', 'broken', 'workaround', 'fixed')),
  ibs: child(
    mitigation(
      'ibs',
      'Speculation on indirect branches.',
      'broken',
      'workaround',
      'fixed-ibs',
      'fixed-ccd',
      'fixed-na',
    ),
  ),
} as const
