import type { CommandLineBuilder } from '../../argv/command-line.ts'
import { type From, of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { GuestNuma } from '../../definition.ts'

const local = 10
const remote = 20

/** `-numa dist` for every pair, where any is given; 10 and 20 are what a guest assumes otherwise (ACPI SLIT). */
export function printDistances(numa: GuestNuma, out: CommandLineBuilder): void {
  const { cell: cells } = numa
  if (!cells.some(({ distances }) => distances !== undefined)) return
  for (const [from, source] of cells.entries()) {
    for (const to of cells.keys()) {
      const given = source.distances?.sibling.find(({ id }) => id === to)
      const origin: From = given ? of(given, 'value') : rule('numa/distance')
      out.keyValue(
        '-numa',
        new Properties()
          .put('type', 'dist', rule('numa/distance'))
          .put('src', from, of(source, 'id'))
          .put('dst', to, rule('numa/distance'))
          .put('val', given?.value ?? (from === to ? local : remote), origin),
        'type',
      )
    }
  }
}
