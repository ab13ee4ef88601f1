import type { CommandLineBuilder } from '../../argv/command-line.ts'
import { type From, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import { shortName } from '../../context/domain-name.ts'
import { hostFact } from '../../origin/origin.ts'
import { type HostNodes, hostNodes, nodesOfThreads } from './host-nodes.ts'
import { type HugePages, hugePages } from './pages.ts'

/** A piece of guest memory that QEMU is to back. */
export interface MemoryRequest {
  /** QEMU's id of the object. */
  readonly id: string
  /** Where the id comes from, where it is a device's. */
  readonly named?: From
  /** Name of the file, where the memory is one below memory_backing_dir. */
  readonly file: string
  readonly sizeKiB: bigint
  readonly from: From
  /** The guest cell that it belongs to. */
  readonly cell?: number | undefined
  /** It replaces the machine's own RAM. */
  readonly system?: true
  readonly access?: 'shared' | 'private' | undefined
  readonly discard?: boolean | undefined
  readonly pageSize?: bigint | undefined
  readonly nodes?: readonly number[] | undefined
  /** A file or device of the host that is the memory. */
  readonly path?: { readonly text: string; readonly from: From } | undefined
  readonly alignKiB?: bigint | undefined
  /** Allocated by the device itself, bit by bit: nothing is reserved or allocated ahead. */
  readonly sparse?: true
  /** Not the guest's RAM: allocated ahead only where all memory is to be there at once. */
  readonly neverAllocate?: true
  /** Real persistent memory: writes must reach it, and allocating ahead would wear it out. */
  readonly persistent?: true | undefined
  /** Another QOM type than RAM, file or memfd, always allocated ahead. */
  readonly special?: string
}

export interface MemoryBackend {
  readonly properties: Properties
  readonly thread: Properties | undefined
  /** The domain asks for more than plain memory: it must not be replaced by a size alone. */
  readonly explicit: boolean
}

const allocated = rule('memory-backend/allocate')

/** `shared` or not: of the device, of its cell, of the guest. */
function accessOf(request: MemoryRequest, context: Context): boolean | undefined {
  const { definition } = context
  const cell = request.cell === undefined ? undefined : definition.cpu?.numa?.cell[request.cell]
  const access = request.access ?? cell?.memAccess ?? definition.memoryBacking?.access?.mode
  return access === undefined ? undefined : access === 'shared'
}

function discardOf(request: MemoryRequest, context: Context): boolean | undefined {
  const { definition } = context
  // What a file of the host holds is discarded only where its own device says so.
  if (request.path !== undefined) return request.discard
  const cell = request.cell === undefined ? undefined : definition.cpu?.numa?.cell[request.cell]
  return request.discard ?? cell?.discard ?? definition.memoryBacking?.discard
}

/** The kind of back-end and what only that kind has. */
function start(request: MemoryRequest, pages: HugePages | undefined, shared: boolean | undefined, context: Context) {
  const { memoryBacking } = context.definition
  const properties = new Properties()
  const put = (type: string) =>
    properties
      .put('qom-type', type, rule('memory-backend/type'))
      .put('id', request.id, request.named ?? rule('memory-backend/id'))
  const file = (path: string, from: From) =>
    put('memory-backend-file')
      .put('mem-path', path, from)
      .put('discard-data', discardOf(request, context), rule('memory-backend/discard'))
  if (request.special !== undefined) return put(request.special)
  if (request.path !== undefined) return file(request.path.text, request.path.from)
  if (memoryBacking?.source?.type === 'memfd') {
    put('memory-backend-memfd')
    if (pages === undefined) return properties
    return properties
      .put('hugetlb', true, rule('memory-backend/pages'))
      .put('hugetlbsize', pages.sizeKiB * 1024n, rule('memory-backend/pages'))
  }
  const name = shortName(context)
  if (pages !== undefined) return file(`${pages.mount}/libvirt/qemu/${name}`, hostFact('config.hugetlbfs'))
  if (memoryBacking?.source?.type === 'file' || shared !== undefined) {
    return file(`${context.host.config.memoryBackingDir}/${name}/${request.file}`, hostFact('config.memoryBackingDir'))
  }
  return put('memory-backend-ram')
}

/** Whether, and by how many threads, the memory is allocated before the guest starts. */
function allocate(request: MemoryRequest, pages: HugePages | undefined, properties: Properties, context: Context) {
  const allocation = context.definition.memoryBacking?.allocation
  if (request.sparse) return false
  const lasting = request.neverAllocate || request.persistent
  const filled = request.special !== undefined || pages !== undefined || request.path !== undefined
  const ahead = allocation?.mode === 'immediate' || (filled && !lasting)
  if (ahead) properties.put('prealloc', true, allocated)
  if (allocation) properties.field('prealloc-threads', allocation, 'threads')
  return ahead
}

/** `-object memory-backend-…` for a piece of guest memory (QEMU: memory-backend-ram, -file, -memfd, -epc). */
export function memoryBackend(request: MemoryRequest, context: Context): MemoryBackend {
  const { capabilities } = context
  const pages =
    request.path === undefined && request.special === undefined
      ? hugePages(request.pageSize, request.cell, context)
      : undefined
  const shared = request.special === undefined ? accessOf(request, context) : undefined
  const properties = start(request, pages, shared, context)
  const type = properties.list[0]?.value
  const mapped = type !== 'memory-backend-ram'
  properties.put('share', shared, rule('memory-backend/access'))
  if (request.system && mapped && capabilities.has('memory-backend-file.x-use-canonical-path-for-ramblock-id')) {
    properties.put('x-use-canonical-path-for-ramblock-id', false, rule('memory-backend/ram-block-id'))
  }
  if (request.sparse && capabilities.has('memory-backend-file.reserve')) {
    properties.put('reserve', false, rule('memory-backend/reserve'))
  }
  const ahead = allocate(request, pages, properties, context)
  properties.put('size', request.sizeKiB * 1024n, request.from)
  if (request.alignKiB) properties.put('align', request.alignKiB * 1024n, request.from)
  if (request.persistent) properties.put('pmem', true, request.from)
  const place = hostNodes(request.nodes, request.cell, context)
  const thread = place && putNodes(place, ahead, request, properties, context)
  const bound = context.definition.numatune?.memnode.some(({ cellid }) => cellid === request.cell) ?? false
  return { properties, thread, explicit: mapped || request.nodes !== undefined || bound }
}

/** The host nodes; where memory is allocated ahead, the threads that do so run there (QEMU: thread-context). */
function putNodes(
  place: HostNodes,
  ahead: boolean,
  request: MemoryRequest,
  properties: Properties,
  context: Context,
): Properties | undefined {
  const from = rule('memory-backend/host-nodes')
  if (place.policy !== undefined) {
    properties.put('host-nodes', { numbers: place.nodes }, from).put('policy', place.policy, from)
  }
  if (!ahead || !context.capabilities.has('thread-context')) return undefined
  const nodes = nodesOfThreads(place.nodes, context)
  if (nodes.length === 0) return undefined
  const id = `tc-${request.id}`
  properties.put('prealloc-context', id, rule('memory-backend/thread-context'))
  return new Properties()
    .put('qom-type', 'thread-context', rule('memory-backend/thread-context'))
    .put('id', id, rule('memory-backend/thread-context'))
    .put('node-affinity', { numbers: nodes }, from)
}

export function emitBackend(backend: MemoryBackend, out: CommandLineBuilder): void {
  if (backend.thread) out.object(backend.thread)
  out.object(backend.properties)
}
