import type { Context } from '../context/context.ts'
import { printable } from '../diagnostic/printable.ts'
import type { Origins } from '../origin/origin.ts'
import type { Group, Link, Node, Place, Topology } from './topology.ts'

export interface Draft {
  readonly id: string
  readonly group: Group
  readonly title: string
  readonly seat?: string | undefined
  readonly facts?: readonly (string | undefined)[]
  readonly place?: Place | undefined
}

interface Open {
  readonly draft: Draft
  readonly inside: string[]
  readonly links: Link[]
}

/** Collects nodes in any order and puts them together at the end: a device may come before the bus it sits on. */
export class Plan {
  readonly context: Context
  readonly #nodes = new Map<string, Open>()
  readonly #outside: string[] = []

  constructor(context: Context) {
    this.context = context
  }

  /** A node of the guest; `within` names the node around it, which may come later. */
  add(draft: Draft): string {
    this.#open(draft)
    return draft.id
  }

  /** Puts a node into another one. */
  put(id: string, within: string): void {
    this.#need(within).inside.push(id)
  }

  /** Something outside of the guest: the first mention makes it, later ones find it. */
  outside(draft: Draft): string {
    if (!this.#nodes.has(draft.id)) {
      this.#open(draft)
      this.#outside.push(draft.id)
    }
    return draft.id
  }

  link(from: string, to: string, what: string): void {
    const { links } = this.#need(from)
    if (!links.some((link) => link.to === to && link.what === what)) links.push({ to, what })
  }

  has(id: string): boolean {
    return this.#nodes.has(id)
  }

  finish(guest: string): Topology {
    return { guest: this.#close(guest), outside: this.#outside.map((id) => this.#close(id)) }
  }

  #open(draft: Draft): void {
    if (this.#nodes.has(draft.id)) throw new Error(`topology: ${draft.id} is made twice`)
    this.#nodes.set(draft.id, { draft, inside: [], links: [] })
  }

  #need(id: string): Open {
    const open = this.#nodes.get(id)
    if (open === undefined) throw new Error(`topology: there is no ${id}`)
    return open
  }

  #close(id: string): Node {
    const { draft, inside, links } = this.#need(id)
    const facts = (draft.facts ?? []).filter((fact): fact is string => fact !== undefined && fact !== '').map(printable)
    const title = printable(draft.title)
    return { ...draft, title, facts, inside: inside.map((inner) => this.#close(inner)), links }
  }
}

/** Where an object of the definition stands in the source, or the rule that added it. */
export function placeOf(origins: Origins, owner: object): Place | undefined {
  const origin = origins.of(owner)
  if (origin === undefined) return undefined
  if (origin.kind === 'xml') return { kind: 'written', path: origin.path, span: origin.span }
  if (origin.kind === 'capability') return { kind: 'added', rule: origin.flag }
  return { kind: 'added', rule: 'fact' in origin ? origin.fact : origin.rule }
}
