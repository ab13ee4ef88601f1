import type { Settling } from '../../codec/description.ts'
import { element, type Infer } from '../../codec/element.ts'
import { child, many, optional, required, requiredChild, withDefault } from '../../codec/field.ts'
import { big, integer, unsetAtZero } from '../../codec/number.ts'
import { oneOf, text, yesNo } from '../../codec/scalar.ts'
import { numberRanges } from '../../fragments/number-ranges.ts'
import { settleKiBOf, unit } from '../../fragments/size.ts'
import { settleNuma } from './numa-settle.ts'

export const sibling = element('sibling', 'How far another cell is.', {
  attributes: {
    id: required(integer(), { doc: 'The other cell.' }),
    value: required(integer({ min: 10, max: 255 }), {
      doc: 'Relative distance, 10 (the cell itself) to 255 (out of reach).',
      invalid: 'numa/distance',
    }),
  },
})

export const distances = element(
  'distances',
  'Distances to all cells.',
  { children: { sibling: many(sibling) } },
  {
    settle: ({ fields, error }) => {
      if ((fields.sibling as readonly unknown[]).length > 0) return
      error({
        code: 'numa/distances-without-siblings',
        message: '<distances> names no other cell.',
        hint: "Add <sibling id='0' value='10'/>, or remove it.",
      })
    },
  },
)

const cacheSize = element(
  'size',
  'Size of the cache.',
  {
    attributes: {
      value: required(big(), { doc: 'The number.' }),
      unit: withDefault(unit, 'KiB', { doc: 'Unit; printed as KiB.' }),
    },
  },
  { settle: settleKiBOf('value') },
)

/** A number of 32 bits that counts bytes, whatever its unit says (oracle: 11.3, 12.8). */
function settleLine({ fields }: Settling): void {
  if (typeof fields.value === 'bigint') fields.value = BigInt.asUintN(32, fields.value)
  fields.unit = 'B'
}

const cacheLine = element(
  'line',
  'Size of one line of the cache.',
  {
    attributes: {
      value: required(big(), { doc: 'The number.' }),
      unit: optional(text, { doc: 'Not heeded; printed as B (bytes).' }),
    },
  },
  { omitWhere: ({ value }) => value === 0n, settle: settleLine },
)

const cache = element('cache', 'A memory-side cache of the cell.', {
  attributes: {
    level: required(integer({ min: 1, max: 3 }), { doc: 'Level of the cache.' }),
    associativity: required(oneOf('none', 'direct', 'full'), { doc: 'How addresses map to lines.' }),
    policy: required(oneOf('none', 'writeback', 'writethrough'), { doc: 'When writes reach the memory.' }),
  },
  children: { size: requiredChild(cacheSize), line: requiredChild(cacheLine) },
})

export const cell = element(
  'cell',
  'A NUMA node of the guest.',
  {
    attributes: {
      id: optional(integer(), { doc: 'Number of the cell, from 0 without gaps; counted where no cell has one.' }),
      cpus: optional(numberRanges('virtual CPUs'), { doc: 'Virtual CPUs of the cell; none where absent.' }),
      memory: required(big(), { doc: 'Memory of the cell.', missing: 'numa/cell-without-memory' }),
      unit: withDefault(unit, 'KiB', { doc: 'Unit of `memory`; printed as KiB.' }),
      memAccess: optional(oneOf('shared', 'private'), {
        doc: 'Whether other processes may map the memory; overrides <memoryBacking><access>.',
        invalid: 'numa/mem-access',
      }),
      discard: optional(yesNo, { doc: 'The content may be dropped when the guest ends.' }),
    },
    children: { distances: child(distances), cache: many(cache) },
  },
  { settle: settleKiBOf('memory') },
)

const route = {
  initiator: required(integer(), { doc: 'The cell that asks.' }),
  target: required(integer(), { doc: 'The cell whose memory is asked.' }),
  cache: optional(unsetAtZero(integer({ max: 3 })), {
    doc: "Level of the target's cache; the memory itself where absent.",
  }),
  type: required(oneOf('access', 'read', 'write'), { doc: 'Kind of access.' }),
}

const latency = element('latency', 'How long an access takes.', {
  attributes: { ...route, value: required(big(), { doc: 'Nanoseconds.' }) },
})

const bandwidth = element(
  'bandwidth',
  'How much an access moves.',
  {
    attributes: {
      ...route,
      value: required(big(), { doc: 'Amount a second.' }),
      unit: withDefault(unit, 'KiB', { doc: 'Unit of the amount; printed as KiB.' }),
    },
  },
  { settle: settleKiBOf('value') },
)

const interconnects = element(
  'interconnects',
  'Latencies and bandwidths between cells (ACPI HMAT).',
  {
    children: { latency: many(latency), bandwidth: many(bandwidth) },
  },
  { omitEmpty: true },
)

/** formatdomain, "Guest NUMA topology" and "ACPI Heterogeneous Memory Attribute Table". */
export const numa = element(
  'numa',
  "The guest's NUMA nodes.",
  { children: { cell: many(cell), interconnects: child(interconnects) } },
  { settle: settleNuma, omitEmpty: true },
)

export type GuestNuma = Infer<typeof numa>
export type GuestCell = Infer<typeof cell>
