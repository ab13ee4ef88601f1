import { element, type Infer } from '../../codec/element.ts'
import { child, flag, many, optional, required, withDefault } from '../../codec/field.ts'
import { big, integer } from '../../codec/number.ts'
import { emptyAsAbsent, oneOf } from '../../codec/scalar.ts'
import { numberRanges } from '../../fragments/number-ranges.ts'
import { settleKiBOf, unit } from '../../fragments/size.ts'
import { settleMemoryBacking } from './settle.ts'

const page = element(
  'page',
  'Pages of one size.',
  {
    attributes: {
      size: required(big({ min: 1n }), { doc: 'Size of a page; the host must have a mount of that size.' }),
      unit: withDefault(unit, 'KiB', { doc: 'Unit of `size`; printed as KiB.' }),
      nodeset: optional(numberRanges('guest NUMA cells'), { doc: 'Cells that use them; all others where absent.' }),
    },
  },
  { settle: settleKiBOf('size') },
)

const hugepages = element('hugepages', "Guest memory from the host's huge pages.", {
  children: { page: many(page) },
})

const source = element(
  'source',
  'What the memory is made of.',
  {
    attributes: {
      type: optional(emptyAsAbsent(oneOf('anonymous', 'file', 'memfd')), {
        doc: 'anonymous: private memory of QEMU; file: a file below memory_backing_dir; memfd: a file without a name.',
      }),
    },
  },
  { omitEmpty: true },
)

const access = element(
  'access',
  'Whether other processes may map the memory.',
  { attributes: { mode: optional(oneOf('shared', 'private'), { doc: "Overridden by a cell's memAccess." }) } },
  { omitEmpty: true },
)

const allocation = element(
  'allocation',
  'When the host must provide the memory.',
  {
    attributes: {
      mode: optional(emptyAsAbsent(oneOf('immediate', 'ondemand')), {
        doc: 'immediate: before the guest starts; ondemand: when used.',
      }),
      threads: optional(integer({ min: 1 }), { doc: 'How many threads allocate it.' }),
    },
  },
  { omitEmpty: true },
)

/** formatdomain, "Memory Backing". */
export const memoryBacking = element(
  'memoryBacking',
  'How host memory stands behind guest memory.',
  {
    children: {
      hugepages: child(hugepages, { merges: true }),
      nosharepages: flag({ doc: 'Pages are not merged with those of other guests (KSM).' }),
      locked: flag({ doc: 'The host may not swap the memory out.' }),
      source: child(source),
      access: child(access),
      allocation: child(allocation),
      discard: flag({ doc: 'The content may be dropped when the guest ends.' }),
    },
  },
  { settle: settleMemoryBacking, omitEmpty: true },
)

export type MemoryBacking = Infer<typeof memoryBacking>
export type HugePage = Infer<typeof page>
