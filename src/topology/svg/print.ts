import type { LineIndex } from '../../diagnostic/position.ts'
import { unsteered } from '../../diagnostic/printable.ts'
import { escapeXml } from '../../xml/escape.ts'
import type { Topology } from '../topology.ts'
import { metrics } from './boxes.ts'
import { type Layout, type Line, layOut, type Placed } from './layout.ts'
import { topologyStyle } from './style.ts'

export interface SvgOptions {
  /** Makes every node that the XML writes a link to `FILE#L12`. */
  readonly file?: string | undefined
  /** Without its own style, for a page that has the rules. */
  readonly bare?: boolean | undefined
}

/** The picture as a document of its own: same topology, same bytes. Nodes carry `data-line` where they stand in the XML. */
export function printTopologySvg(topology: Topology, lines: LineIndex, options: SvgOptions = {}): string {
  const { width, height, boxes, lines: edges }: Layout = layOut(topology)
  const title = `Topology of ${topology.guest.title}`
  const out = [
    `<svg xmlns="http://www.w3.org/2000/svg" class="topology" role="img" aria-label="${escapeXml(title)}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<title>${escapeXml(title)}</title>`,
  ]
  if (!options.bare) out.push(`<style>${topologyStyle}</style>`)
  out.push(...edges.map(path))
  for (const box of boxes) out.push(group(box, lines, options.file))
  out.push('</svg>', '')
  return out.join('\n')
}

function group(box: Placed, lines: LineIndex, file: string | undefined): string {
  const { node, rows, x, y, width, height } = box
  const { place } = node
  const line = place?.kind === 'written' ? lines.position(place.span.start).line : undefined
  const classes = place?.kind === 'added' ? `${node.group} added` : node.group
  const tip =
    place === undefined ? '' : line === undefined && place.kind === 'added' ? `added: ${place.rule}` : `line ${line}`
  const texts = rows.map((row, index) => {
    const at = y + metrics.padY + index * metrics.line + 12
    return `<text${index === 0 ? '' : ' class="fact"'} x="${x + metrics.padX}" y="${at}">${escapeXml(row)}</text>`
  })
  const inner = [
    tip === '' ? '' : `<title>${escapeXml(tip)}</title>`,
    `<rect class="box" x="${x}" y="${y}" width="${width}" height="${height}" rx="${node.group === 'network' ? height / 2 : 5}"/>`,
    ...texts,
  ].join('')
  const marked = `<g class="${classes}" data-id="${escapeXml(unsteered(node.id))}"${line === undefined ? '' : ` data-line="${line}"`}>${inner}</g>`
  return line === undefined || file === undefined
    ? marked
    : `<a href="${escapeXml(encodeURI(file))}#L${line}">${marked}</a>`
}

/** A smooth curve through the points of a line: straight at its ends, so that it leaves boxes at a right angle. */
function path({ kind, what, points }: Line): string {
  const [first, ...rest] = points
  if (first === undefined) return ''
  let d = `M${number(first.x)} ${number(first.y)}`
  let from = first
  for (const to of rest) {
    const middle = number((from.x + to.x) / 2)
    d += `C${middle} ${number(from.y)} ${middle} ${number(to.y)} ${number(to.x)} ${number(to.y)}`
    from = to
  }
  return `<path class="${kind}" d="${d}">${what === undefined ? '' : `<title>${escapeXml(what)}</title>`}</path>`
}

function number(value: number): string {
  return String(Math.round(value * 10) / 10)
}
