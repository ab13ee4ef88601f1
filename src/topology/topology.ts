import type { Span } from '../diagnostic/diagnostic.ts'

/** What a node is: chooses its colour in a picture, never its place. */
export type Group = 'guest' | 'processor' | 'memory' | 'bus' | 'device' | 'image' | 'network' | 'host' | 'token'

/** Where a node stands in the source, or why it is there though nobody wrote it. */
export type Place =
  | { readonly kind: 'written'; readonly path: string; readonly span: Span }
  | { readonly kind: 'added'; readonly rule: string }

/** A line from a node to one that is not inside it; `what` is a verb: "opens", "backed by", "function of". */
export interface Link {
  readonly to: string
  readonly what: string
}

export interface Node {
  /** Stable for the same domain: `pci:0`, `disk:2`, `image:/var/lib/a.qcow2`. */
  readonly id: string
  readonly group: Group
  /** What it is called: `disk vda`, `pci.3`. */
  readonly title: string
  /** Where it sits on the bus around it: `00:02.1`, `port 3`. */
  readonly seat?: string | undefined
  /** Short facts in order of weight: model, format, size. Never a secret. */
  readonly facts: readonly string[]
  /** Undefined for what the XML only mentions (a network, a function of the host). */
  readonly place?: Place | undefined
  readonly inside: readonly Node[]
  readonly links: readonly Link[]
}

/**
 * A guest as a picture has it: what is inside what (buses, bridges, cells), and what those lead to outside of the guest
 * (images, networks, functions of the host), each once however many lead there.
 */
export interface Topology {
  readonly guest: Node
  readonly outside: readonly Node[]
}

/** Every node, a node before what is inside it. */
export function* nodesOf({ guest, outside }: Topology): Generator<Node> {
  for (const node of [guest, ...outside]) yield* walk(node)
}

function* walk(node: Node): Generator<Node> {
  yield node
  for (const inner of node.inside) yield* walk(inner)
}
