import type { CommandLineBuilder } from '../../argv/command-line.ts'
import { type From, of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { GuestNuma } from '../../definition.ts'

const local = 10
const remote = 20

const usual = (from: number, to: number) => (from === to ? local : remote)

/**
 * `-numa dist` for every pair, where any is given; 10 and 20 are what a guest assumes otherwise (ACPI SLIT). Where all
 * of them are written out, QEMU is told nothing (oracle: 11.3, 12.8).
 */
export function printDistances(numa: GuestNuma, out: CommandLineBuilder): void {
  const { cell: cells } = numa
  if (!cells.some(({ distances }) => distances !== undefined)) return
  const siblings = cells.map(({ distances }) => new Map(distances?.sibling.map((it) => [it.id, it])))
  if (siblings.every((row, from) => cells.every((_, to) => row.get(to)?.value === usual(from, to)))) return
  for (const [from, source] of cells.entries()) {
    for (const to of cells.keys()) {
      const given = siblings[from]?.get(to)
      const origin: From = given ? of(given, 'value') : rule('numa/distance')
      out.keyValue(
        '-numa',
        new Properties()
          .put('type', 'dist', rule('numa/distance'))
          .put('src', from, of(source, 'id'))
          .put('dst', to, rule('numa/distance'))
          .put('val', given?.value ?? usual(from, to), origin),
        'type',
      )
    }
  }
}
