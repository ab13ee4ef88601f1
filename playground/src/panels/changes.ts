import type { Choices, Compared } from '../core/protocol.ts'
import { fillSelect, make } from '../page/dom.ts'

type Options = readonly (readonly [value: string, text: string])[]
export type What = 'argv' | 'xml'

/** The same domain by another libvirt or another QEMU, side by side: only what differs, with a little around it. */
export class ChangesPanel {
  readonly #libvirt = make('select', { id: 'other-libvirt' })
  readonly #qemu = make('select', { id: 'other-qemu' })
  readonly #what = make('select', { id: 'what' })
  readonly #summary = make('p', { className: 'said' })
  readonly #table = make('div', { className: 'sides', tabIndex: 0, role: 'region', ariaLabel: 'Side by side' })
  #chosen: { libvirt: string; qemu: string } | undefined

  constructor(panel: HTMLElement, changed: () => void) {
    fillSelect(
      this.#what,
      [
        ['argv', 'command line'],
        ['xml', 'completed XML'],
      ],
      'argv',
    )
    this.#summary.setAttribute('aria-live', 'polite')
    const field = (text: string, select: HTMLSelectElement) =>
      make('label', { className: 'field' }, make('span', { textContent: text }), select)
    panel.append(
      make(
        'div',
        { className: 'tools' },
        field('Other libvirt', this.#libvirt),
        field('Other QEMU', this.#qemu),
        field('Compare', this.#what),
      ),
      this.#summary,
      this.#table,
    )
    for (const select of [this.#libvirt, this.#qemu, this.#what]) {
      select.addEventListener('change', () => {
        this.#chosen = { libvirt: this.#libvirt.value, qemu: this.#qemu.value }
        changed()
      })
    }
  }

  /** What may be chosen. Until the user chooses: the libvirt that is farthest from the one in use. */
  offer(libvirts: Options, qemus: Options, current: Choices): void {
    const oldest = libvirts.at(-1)?.[0]
    const far = current.libvirt === oldest ? libvirts[0]?.[0] : oldest
    const qemu = this.#chosen?.qemu ?? current.qemu
    fillSelect(this.#libvirt, libvirts, this.#chosen?.libvirt ?? far ?? current.libvirt)
    fillSelect(this.#qemu, qemus, qemus.some(([value]) => value === qemu) ? qemu : 'latest')
  }

  get what(): What {
    return this.#what.value === 'xml' ? 'xml' : 'argv'
  }

  other(choices: Choices): Choices {
    return { ...choices, libvirt: this.#libvirt.value, qemu: this.#qemu.value }
  }

  async show(compared: Compared | undefined): Promise<void> {
    if (compared === undefined) {
      this.#summary.textContent = 'One of the two gives nothing to compare: see the findings.'
      this.#table.replaceChildren()
      return
    }
    const diff = await import('diff')
    const rows = rowsOf(compared, diff)
    const changed = rows.filter(({ same }) => !same).length
    this.#summary.textContent =
      changed === 0 ? 'No difference.' : `${changed} ${changed === 1 ? 'line differs' : 'lines differ'}.`
    const head = compared.names.map((name) => make('div', { className: 'side head', textContent: name }))
    this.#table.replaceChildren(...head, ...folded(rows).flatMap((row) => cells(row, diff)))
  }
}

interface Pair {
  readonly left: string | undefined
  readonly right: string | undefined
  readonly same: boolean
}

type Diff = typeof import('diff')

function rowsOf({ left, right }: Compared, { diffArrays }: Diff): Pair[] {
  const rows: Pair[] = []
  const parts = diffArrays([...left], [...right])
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at]!
    const next = parts[at + 1]
    if (!part.added && !part.removed) rows.push(...part.value.map((line) => ({ left: line, right: line, same: true })))
    else {
      const both = part.removed && next?.added === true
      const gone = part.removed ? part.value : []
      const come = both ? next.value : part.added ? part.value : []
      for (let row = 0; row < Math.max(gone.length, come.length); row++) {
        rows.push({ left: gone[row], right: come[row], same: false })
      }
      if (both) at++
    }
  }
  return rows
}

/** Equal lines that are far from a difference become one row that counts them. */
function folded(rows: readonly Pair[], around = 2): (Pair | number)[] {
  const near = rows.map((_, index) =>
    rows.slice(Math.max(0, index - around), index + around + 1).some(({ same }) => !same),
  )
  const out: (Pair | number)[] = []
  rows.forEach((row, index) => {
    const last = out.at(-1)
    if (near[index]) out.push(row)
    else if (typeof last === 'number') out[out.length - 1] = last + 1
    else out.push(1)
  })
  return out
}

function cells(row: Pair | number, { diffWordsWithSpace }: Diff): HTMLElement[] {
  if (typeof row === 'number') {
    return [make('div', { className: 'side fold', textContent: `${row} equal ${row === 1 ? 'line' : 'lines'}` })]
  }
  if (row.same) {
    // Below one another the second of two equal lines is left out.
    const side = (className: string) => make('div', { className, textContent: row.left ?? '' })
    return [side('side'), side('side twice')]
  }
  const words = diffWordsWithSpace(row.left ?? '', row.right ?? '')
  const side = (kind: 'removed' | 'added', line: string | undefined) => {
    const cell = make('div', { className: line === undefined ? 'side none' : `side ${kind}` })
    if (line === undefined) return cell
    cell.append(make('span', { className: 'sign', textContent: kind === 'added' ? '+' : '−' }))
    for (const word of words) {
      if (word.added && kind === 'removed') continue
      if (word.removed && kind === 'added') continue
      cell.append(word.added || word.removed ? make('mark', { textContent: word.value }) : word.value)
    }
    return cell
  }
  return [side('removed', row.left), side('added', row.right)]
}
