import { printShell } from '../src/argv/print.ts'
import { type ConvertOptions, convert } from '../src/convert.ts'
import { masked } from '../src/diagnostic/mask.ts'
import { countables } from './countable.ts'
import { median, type Row, timed } from './timing.ts'

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
      const times = sizes.map((size) => cost(guest(size), options))
      const steps = times.slice(1).map((time, index) => time / times[index]!)
      const note = `${times.map((time) => time.toFixed(time < 10 ? 2 : 0)).join(', ')} ms for 10 to 10,000`
      return { what, ratio: Math.max(...steps), note, limit }
    })
}

function cost(source: string, options: ConvertOptions): number {
  const work = () => {
    const { argv, text, origins } = convert(source, options)
    if (argv) printShell(argv, { redact: true })
    masked(text, origins.secrets)
  }
  const once = timed(work, 1)
  const calls = Math.max(1, Math.ceil(20 / once))
  const rounds = once > 1000 ? 1 : 5
  return median(Array.from({ length: rounds }, () => timed(work, calls) / calls))
}
