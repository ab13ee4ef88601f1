import { choice, element, type Infer } from '../../codec/element.ts'
import {
  child,
  flag,
  optional,
  required,
  requiredChild,
  requiredText,
  textChild,
  withDefault,
} from '../../codec/field.ts'
import { big, bigHex, integer, unsetAtZero } from '../../codec/number.ts'
import { nonEmpty, oneOf, yesNo } from '../../codec/scalar.ts'
import { uuid } from '../../codec/uuid.ts'
import { plainDeviceInfo } from '../../fragments/device-info.ts'
import { numberRanges } from '../../fragments/number-ranges.ts'
import { settleKiB, unit } from '../../fragments/size.ts'
import { virtioOptions } from '../../fragments/virtio-options.ts'

function size(name: string, doc: string, options: { readonly zeroSaysNothing?: true } = {}) {
  return element(
    name,
    doc,
    { attributes: { unit: withDefault(unit, 'KiB', { doc: 'Unit of the number; printed as KiB.' }) }, value: big() },
    { settle: settleKiB, ...(options.zeroSaysNothing && { omitWhere: ({ value }) => !value }) },
  )
}

const moduleSize = size('size', 'Size of the memory.')
const node = textChild(integer(), { doc: 'The NUMA cell of the guest that it belongs to.' })
const nodemask = textChild(numberRanges('host nodes'), { doc: 'Host nodes that the memory comes from.' })
const pagesize = size('pagesize', 'Size of the host pages behind the memory.', { zeroSaysNothing: true })

const pagedSource = element(
  'source',
  'Where on the host the memory comes from.',
  { children: { nodemask, pagesize: child(pagesize) } },
  {
    omitEmpty: true,
    settle: ({ fields }) => {
      if (Number((fields.pagesize as { value?: unknown } | undefined)?.value) === 0) fields.pagesize = undefined
    },
  },
)

const path = requiredText(nonEmpty, {
  doc: 'The file or device of the host that is the memory.',
  missing: 'memory/missing-path',
})

const persistentSource = element('source', 'What the memory is on the host.', {
  children: {
    path,
    alignsize: child(size('alignsize', 'Alignment of the mapping.', { zeroSaysNothing: true })),
    pmem: flag({ doc: 'The source is persistent memory: writes must reach it.' }),
  },
})

const pmemSource = element('source', 'What the memory is on the host.', { children: { path } })

const epcSource = element(
  'source',
  'Where on the host the memory comes from.',
  { children: { nodemask } },
  { omitEmpty: true },
)

const label = element('label', 'Space for namespace labels, at the end of the module.', {
  children: { size: requiredChild(size('size', 'Size of the label area; at least 128 KiB.')) },
})

/** Without a base it is none (oracle: 11.3). */
const base = element(
  'address',
  "Where the memory starts in the guest's address space.",
  { attributes: { base: optional(unsetAtZero(bigHex(1)), { doc: 'Guest physical address.' }) } },
  { omitEmpty: true },
)

const targetDoc = 'The memory as the guest sees it.'

const dimmTarget = element('target', targetDoc, { children: { size: requiredChild(moduleSize), node } })

const nvdimmTarget = element('target', targetDoc, {
  children: {
    size: requiredChild(moduleSize),
    node,
    label: child(label),
    readonly: flag({ doc: 'The guest cannot write to it.' }),
  },
})

const pmemTarget = element('target', targetDoc, {
  children: { size: requiredChild(moduleSize), node, address: child(base) },
})

export const requestedSize = size('requested', 'How much of it the guest is to have; nothing where absent.')

export const blockSize = size('block', 'Granularity; a power of two, at least a transparent huge page.')

const virtioMemTarget = element(
  'target',
  targetDoc,
  {
    attributes: {
      dynamicMemslots: optional(yesNo, { doc: 'Memory slots are used as the memory grows.', since: '10.2' }),
    },
    children: {
      size: requiredChild(moduleSize),
      node,
      block: child(blockSize),
      requested: child(requestedSize),
      address: child(base),
    },
  },
  { ignored: { children: ['current'] } },
)

/** Of virtio models alone; printed before everything else. */
const driver = element('driver', 'Options of virtio.', { attributes: virtioOptions }, { omitEmpty: true })

/** formatdomain, "Memory devices". */
export const memoryDevice = element('memory', 'Memory that the guest has on top of its initial memory.', {
  attributes: {
    model: required(oneOf('dimm', 'nvdimm', 'virtio-pmem', 'virtio-mem', 'sgx-epc'), {
      doc: 'Kind of device.',
      missing: 'memory/missing-model',
    }),
    access: optional(oneOf('shared', 'private'), { doc: 'Whether other processes may map it.' }),
    discard: optional(yesNo, { doc: 'The content may be dropped when the module goes (dimm).' }),
  },
  children: {
    driver: child(driver, { since: '11.9' }),
    by: choice('model', {
      dimm: { children: { source: child(pagedSource), target: requiredChild(dimmTarget) } },
      nvdimm: {
        children: {
          uuid: textChild(uuid, { doc: 'Identity of the module (pSeries).' }),
          source: requiredChild(persistentSource, { missing: 'memory/missing-path' }),
          target: requiredChild(nvdimmTarget),
        },
      },
      'virtio-pmem': {
        children: {
          source: requiredChild(pmemSource, { missing: 'memory/missing-path' }),
          target: requiredChild(pmemTarget),
        },
      },
      'virtio-mem': { children: { source: child(pagedSource), target: requiredChild(virtioMemTarget) } },
      'sgx-epc': { children: { source: child(epcSource), target: requiredChild(dimmTarget) } },
    }),
    ...plainDeviceInfo,
  },
})

export type MemoryDevice = Infer<typeof memoryDevice>
export type MemoryModel = MemoryDevice['model']
export type MemoryOf<M extends MemoryModel> = Extract<MemoryDevice, { model: M }>
