import { element } from '../../codec/element.ts'
import { withDefault } from '../../codec/field.ts'
import { oneOf } from '../../codec/scalar.ts'

export const clock = element(
  'clock',
  "The guest's clock.",
  { attributes: { offset: withDefault(oneOf('utc', 'localtime', 'variable', 'timezone', 'absolute'), 'utc') } },
  { unbuilt: { attributes: ['adjustment', 'basis', 'timezone', 'start'], children: ['timer'] } },
)
