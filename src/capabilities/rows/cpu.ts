import { command, listed, objectProperty, schema, type } from '../evidence.ts'
import { type Rows, row } from './row.ts'

/** CPU models and what QEMU tells about them. */
export const cpu = {
  'arm-max-cpu': row('CPU model `max` of Arm guests', type('max-arm-cpu')),
  'canonical-cpu-features': row(
    "x86 CPU features under QEMU's canonical names, with `-` for `_`",
    objectProperty('max-x86_64-cpu', 'lahf-lm'),
  ),
  'cpu-max': row("CPU model `max` (`<cpu mode='maximum'>`)", listed('query-cpu-definitions', 'max')),
  'cpu-unavailable-features': row(
    'features of an x86 CPU that the host lacks can be asked of a running guest',
    objectProperty('max-x86_64-cpu', 'unavailable-features'),
  ),
  'cpu.kvm-no-adjvtime': row(
    "virtual time of an Arm guest that does not stop with it (`<timer name='armvtimer'>`)",
    objectProperty('max-arm-cpu', 'kvm-no-adjvtime'),
  ),
  'cpu.migratable': row(
    "host CPU without what prevents migration (`<cpu mode='host-passthrough' migratable=>`)",
    objectProperty('max-x86_64-cpu', 'migratable'),
  ),
  'query-cpu-definitions': row('list of CPU models', command('query-cpu-definitions')),
  'query-cpu-model-baseline': row('common denominator of two CPUs', command('query-cpu-model-baseline')),
  'query-cpu-model-comparison': row('comparison of two CPUs', command('query-cpu-model-comparison')),
  'query-cpu-model-expansion': row(
    'features of a CPU model, of `host` among them',
    command('query-cpu-model-expansion'),
  ),
  'query-cpu-model-expansion.deprecated-props': row(
    'features that a CPU model is better without (`<cpu deprecated_features=>`)',
    schema('query-cpu-model-expansion/returns/deprecated-props'),
    { since: '11.0' },
  ),
  'x86-max-cpu': row('CPU model `max` of x86 guests', type('max-x86_64-cpu')),
} satisfies Rows
