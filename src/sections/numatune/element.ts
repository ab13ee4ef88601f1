import { element, type Infer } from '../../codec/element.ts'
import { child, many, optional, required, withDefault } from '../../codec/field.ts'
import { integer } from '../../codec/number.ts'
import { oneOf } from '../../codec/scalar.ts'
import { numberRanges } from '../../fragments/number-ranges.ts'

const mode = oneOf('strict', 'preferred', 'interleave', 'restrictive')
const modeDoc = 'strict: only there; preferred: there first; interleave: in turn; restrictive: by cgroups alone.'

export const memory = element('memory', 'Host nodes for all memory of the guest.', {
  attributes: {
    mode: withDefault(mode, 'strict', { doc: modeDoc }),
    placement: optional(oneOf('static', 'auto'), {
      doc: "static: `nodeset`; auto: the host's advice. Where absent static with a nodeset, else as <vcpu>.",
      omit: (value) => value === 'static',
    }),
    nodeset: optional(numberRanges('host nodes'), { doc: 'The host nodes.', invalid: 'numatune/nodeset' }),
  },
})

const memnode = element('memnode', 'Host nodes for the memory of one guest cell.', {
  attributes: {
    cellid: required(integer(), { doc: 'The guest cell.', missing: 'numatune/cellid' }),
    mode: withDefault(mode, 'strict', { doc: modeDoc }),
    nodeset: required(numberRanges('host nodes'), {
      doc: 'The host nodes.',
      missing: 'numatune/nodeset',
      invalid: 'numatune/nodeset',
    }),
  },
})

/** formatdomain, "NUMA Node Tuning". */
export const numatune = element(
  'numatune',
  "Where on the host's NUMA nodes guest memory lies.",
  { children: { memory: child(memory), memnode: many(memnode) } },
  {
    settle: ({ fields }) => {
      const nodes = fields.memnode as { cellid: number }[]
      nodes.sort((a, b) => a.cellid - b.cellid)
    },
    omitEmpty: true,
  },
)

export type Numatune = Infer<typeof numatune>
