import type { Diagnostic, Span } from '../diagnostic/diagnostic.ts'
import type { Edit } from '../diagnostic/fix.ts'
import type { XmlElement } from '../xml/tree.ts'

/**
 * A guest that refuses nothing that a device alone could be meant for: shared memory, iothreads and screens are there, so
 * that only the device itself is judged.
 */
const before = `<domain type='kvm' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
  <name>fragment</name>
  <memory unit='MiB'>1024</memory>
  <maxMemory slots='16' unit='GiB'>64</maxMemory>
  <memoryBacking><source type='memfd'/><access mode='shared'/></memoryBacking>
  <vcpu>1</vcpu>
  <iothreads>64</iothreads>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  <features><acpi/></features>
  <cpu><numa><cell id='0' cpus='0' memory='1048576'/></numa></cpu>
  <devices>
    `
const after = `
  </devices>
</domain>
`

export interface Embedded {
  /** A domain with the fragment in it. */
  readonly source: string
  /** What is about the fragment, with places of the fragment's own text; what is about the guest around is left out. */
  inFragment<D extends { readonly span?: Span | undefined }>(found: readonly D[]): D[]
}

/** Puts a device into a guest. */
export function embed(text: string, root: XmlElement): Embedded {
  const { start, end } = root.span
  const shift = start - before.length
  const move = (span: Span): Span => ({ start: span.start + shift, end: span.end + shift })
  const isInside = (span: Span) => span.start + shift >= start && span.end + shift <= end
  return {
    source: before + text.slice(start, end) + after,
    inFragment: (found) =>
      found.flatMap((it) => (it.span !== undefined && isInside(it.span) ? [moved(it, it.span, move, isInside)] : [])),
  }
}

function moved<D extends Partial<Diagnostic>>(
  found: D,
  span: Span,
  move: (span: Span) => Span,
  isInside: (span: Span) => boolean,
): D {
  const edits = found.fix?.edits ?? []
  const fix = edits.every((edit) => isInside(edit.span)) && found.fix
  return {
    ...found,
    span: move(span),
    ...(found.path !== undefined && { path: found.path.replace(/^\/domain\/devices\//, '/') }),
    ...(found.related && {
      related: found.related.flatMap((it) =>
        it.span === undefined ? [it] : isInside(it.span) ? [{ ...it, span: move(it.span) }] : [],
      ),
    }),
    fix: fix ? { ...fix, edits: edits.map((edit: Edit) => ({ ...edit, span: move(edit.span) })) } : undefined,
  }
}
