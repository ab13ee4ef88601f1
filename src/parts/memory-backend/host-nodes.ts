import type { Context } from '../../context/context.ts'
import type { Numatune } from '../../definition.ts'
import { formatRanges, parseRanges } from '../../fragments/number-ranges.ts'

type Mode = NonNullable<Numatune['memory']>['mode']

/** QEMU's `policy` of a memory back-end; restrictive leaves it to cgroups. */
const policies: { readonly [M in Mode]: string | undefined } = {
  strict: 'bind',
  preferred: 'preferred',
  interleave: 'interleave',
  restrictive: undefined,
}

/** Where memory lies on the host, as `host-nodes` and `policy` of a back-end. */
export interface HostNodes {
  readonly nodes: readonly number[]
  /** Undefined where cgroups hold the memory there, and QEMU is told nothing. */
  readonly policy: string | undefined
}

/**
 * The host nodes of a piece of memory: its own, else those of its cell, else those of the guest
 * (formatdomain, "NUMA Node Tuning"; "Memory devices": nodemask).
 */
export function hostNodes(
  own: readonly number[] | undefined,
  cell: number | undefined,
  context: Context,
): HostNodes | undefined {
  const { numatune } = context.definition
  const ofCell = numatune?.memnode.find(({ cellid }) => cellid === cell)
  const tuning = ofCell ?? numatune?.memory
  const policy = policies[tuning?.mode ?? 'strict']
  const nodes = own ?? ofCell?.nodeset ?? guestNodes(context)
  return nodes === undefined ? undefined : { nodes, policy }
}

function guestNodes(context: Context): readonly number[] | undefined {
  const memory = context.definition.numatune?.memory
  if (memory?.placement !== 'auto') return memory?.nodeset
  const advice = context.host.autoNodeset
  return advice === undefined ? undefined : parseRanges(advice)
}

/** Refuses, at a start, nodes that the host does not have. */
export function checkHostNodes(
  nodes: readonly number[],
  place: { readonly at: object; readonly field: string },
  context: Context,
): void {
  const known = context.host.numaNodes
  if (known === undefined) return
  const missing = nodes.filter((node) => !known.some(({ id }) => id === node))
  if (missing.length === 0) return
  context.error({
    code: 'numatune/no-such-host-node',
    message: `The host has no NUMA node ${formatRanges(missing)}.`,
    hint: `It has ${formatRanges(known.map(({ id }) => id).sort((a, b) => a - b))}.`,
    when: 'start',
    ...place,
  })
}

/** The CPUs that QEMU's own threads are pinned to. */
function emulatorCpus(context: Context): readonly number[] | undefined {
  const { cputune, vcpu } = context.definition
  if (cputune?.emulatorpin) return cputune.emulatorpin.cpuset
  // libvirt takes the advised nodes for numbers of CPUs here; goldens of random domains with thread-context show it.
  if (vcpu?.placement === 'auto') return parseRanges(context.host.autoNodeset ?? '')
  return vcpu?.cpuset
}

/** Those of the nodes to which threads of QEMU may be sent: not where QEMU itself is pinned to CPUs of others. */
export function nodesOfThreads(nodes: readonly number[], context: Context): readonly number[] {
  const cpuset = emulatorCpus(context)
  const { numaNodes } = context.host
  if (cpuset === undefined || numaNodes === undefined) return nodes
  const pinned = new Set(cpuset)
  const isReachable = (cpus: string) => parseRanges(cpus)?.some((cpu) => pinned.has(cpu)) === true
  const reachable = new Set(numaNodes.filter(({ cpus }) => isReachable(cpus)).map(({ id }) => id))
  return nodes.filter((node) => reachable.has(node))
}
