import { printShell } from '../src/argv/print.ts'
import type { ConvertOptions } from '../src/conversion.ts'
import { convert } from '../src/convert.ts'
import { masked } from '../src/diagnostic/mask.ts'
import { countables } from './countable.ts'
import { elapsed, type Row } from './timing.ts'

const sizes = [10, 100, 1000, 10_000]
/** Ten times more of anything costs at most so many times more. */
const limit = 13

/**
 * What ten times more of each countable thing costs, from 10 to 10,000: the worst step of each, measured on all that a
 * command does with a text (conversion, printing, masking), whether the guest is accepted or refused.
 */
export function scaleRatio(options: ConvertOptions, only?: string): Row[] {
  return countables
    .filter(({ what }) => only === undefined || what === only)
    .map(({ what, guest }): Row => {
      warmUp(work(guest(1000), options))
      const times = sizes.map((size) => cost(work(guest(size), options)))
      const steps = times.slice(1).map((time, index) => time / times[index]!)
      const note = `${times.map((time) => time.toFixed(time < 10 ? 2 : 0)).join(', ')} ms for 10 to 10,000`
      return { what, ratio: Math.max(...steps), note, limit }
    })
}

/** All that a command does with a text. */
const work = (source: string, options: ConvertOptions) => () => {
  const { argv, text, origins } = convert(source, options)
  if (argv) printShell(argv, { redact: true })
  masked(text, origins.secrets)
}

/** Code that is new to the engine is slow, and its compiler busy: a second goes by before anything counts. */
function warmUp(run: () => void): void {
  for (let spent = 0; spent < 1000; ) spent += elapsed(run, 1)
}

/**
 * Milliseconds of one run as fast as it will: the quickest of several rounds. A round of a small size repeats it until it
 * is long enough to measure, and to have its share of garbage collected: of many small ones no less than of a large one.
 * Time that goes by, not that of all processors: the collector's threads spend more of it waiting for each other the larger
 * what they sort is.
 */
function cost(run: () => void): number {
  const once = elapsed(run, 1)
  const calls = Math.max(1, Math.ceil(200 / once))
  // A round of a single run is less sure than one of many.
  const rounds = once > 1000 ? 3 : calls === 1 ? 9 : 5
  let least = Number.POSITIVE_INFINITY
  for (let round = 0; round < rounds; round++) least = Math.min(least, elapsed(run, calls) / calls)
  return least
}
