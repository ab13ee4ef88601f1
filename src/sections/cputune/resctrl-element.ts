import type { Settling } from '../../codec/description.ts'
import { element, type Infer } from '../../codec/element.ts'
import { many, optional, required } from '../../codec/field.ts'
import { big, integer } from '../../codec/number.ts'
import { emptyAsAbsent, oneOf } from '../../codec/scalar.ts'
import { numberRanges } from '../../fragments/number-ranges.ts'
import { settleLargestUnitOf, unit } from '../../fragments/size.ts'

/** Which of the guest's CPUs a group or a monitor is about; all threads of QEMU where absent (oracle: not before 12.8). */
const vcpus = optional(numberRanges('virtual CPUs'), {
  doc: 'The virtual CPUs; since libvirt 12.8 the whole process where absent, and of a monitor those of its group.',
})

/** Before, every group and monitor names its CPUs, even one that is empty (oracle: 11.3). */
function settleCpus({ fields, node, knows, error }: Settling): void {
  if (fields.vcpus !== undefined || knows('12.8')) return
  error({
    code: 'cputune/group-without-cpus',
    message: `<${node.name}> does not say which virtual CPUs it is for.`,
    hint: "Add vcpus='0-3', or use libvirt 12.8, whose groups may be of the whole process.",
  })
}

const withCpus = { settle: settleCpus } as const

const cache = element(
  'cache',
  'A part of a cache of the host.',
  {
    attributes: {
      id: required(integer(), { doc: 'The cache, by its number in the capabilities of the host.' }),
      level: required(integer(), { doc: 'Its level.' }),
      type: required(oneOf('both', 'code', 'data'), { doc: 'What it holds.' }),
      size: required(big(), { doc: 'How much of it.' }),
      unit: optional(emptyAsAbsent(unit), { doc: 'Unit of the size; KiB where absent.' }),
    },
  },
  { settle: settleLargestUnitOf('size', 'KiB') },
)

const cacheMonitor = element(
  'monitor',
  'What is measured of a cache.',
  { attributes: { level: required(integer(), { doc: 'Level of the cache; 3.' }), vcpus } },
  withCpus,
)

const monitor = element('monitor', 'What is measured.', { attributes: { vcpus } }, withCpus)

/** Since libvirt 4.1 (formatdomain, "CPU Tuning"). */
const cachetune = element(
  'cachetune',
  'Parts of the caches of the host for some virtual CPUs (resctrl).',
  { attributes: { vcpus }, children: { cache: many(cache), monitor: many(cacheMonitor) } },
  { ...withCpus, ignored: { attributes: ['id'] } },
)

const node = element('node', "A part of a node's memory bandwidth.", {
  attributes: {
    id: required(integer(), { doc: 'The node of the host.' }),
    bandwidth: required(integer(), { doc: 'In percent on Intel; MB/s, or 1/8 GB/s on AMD.' }),
  },
})

const memorytune = element(
  'memorytune',
  'Memory bandwidth of the host for some virtual CPUs (resctrl).',
  { attributes: { vcpus }, children: { node: many(node), monitor: many(monitor) } },
  { ...withCpus, ignored: { attributes: ['id'] } },
)

const energytune = element(
  'energytune',
  'Measures the energy that some virtual CPUs use (resctrl).',
  { attributes: { vcpus }, children: { monitor: many(monitor) } },
  { ...withCpus, ignored: { attributes: ['id'] } },
)

/** Groups of resctrl, in the order in which they print. */
export const resctrlGroups = {
  cachetune: many(cachetune),
  memorytune: many(memorytune),
  energytune: many(energytune, { since: '12.4' }),
} as const

export type Cachetune = Infer<typeof cachetune>
export type Memorytune = Infer<typeof memorytune>
export type Energytune = Infer<typeof energytune>
export type Group = Cachetune | Memorytune | Energytune
export type Monitor = Group['monitor'][number]
