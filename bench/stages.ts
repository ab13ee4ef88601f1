import { XMLParser } from 'fast-xml-parser'
import { printShell } from '../src/argv/print.ts'
import type { Context } from '../src/context/context.ts'
import type { Conversion, ConvertOptions } from '../src/conversion.ts'
import { complete, convert, convertEach } from '../src/convert.ts'
import { formatDomain } from '../src/pipeline/format.ts'
import { parseDomain } from '../src/pipeline/parse.ts'
import { startCommandLine } from '../src/pipeline/start.ts'
import { interleaved, type Row, timed } from './timing.ts'

export interface Sample {
  readonly source: string
  readonly options: ConvertOptions
}

/** Each stage over all samples, as a ratio to fast-xml-parser (its own defaults, attributes kept) parsing the same texts. */
export function stageRatios(samples: readonly Sample[]): { rows: Row[]; millisecondsEach: number } {
  const parser = new XMLParser({ ignoreAttributes: false })
  const { ratios, first } = interleaved({
    parser: () => {
      for (const { source } of samples) parser.parse(source)
    },
    parse: () => {
      for (const { source } of samples) parseDomain(source)
    },
    completed: () => {
      for (const { source, options } of samples) complete(source, options)
    },
    format: () => afterwards(samples, (context) => formatDomain(context.definition)),
    argv: () =>
      afterwards(samples, (context) => {
        const line = startCommandLine(context)
        if (line) printShell(line)
      }),
    all: () => {
      printAll(convertEach(samples))
    },
    single: () => {
      for (const { source, options } of samples) printAll([convert(source, options)])
    },
  })
  const row = (what: string, ratio: number, aim: number | undefined, note: string): Row => ({
    what,
    ratio,
    note,
    ...(aim !== undefined && { aim }),
  })
  return {
    millisecondsEach: (first * 1000) / samples.length,
    rows: [
      row('parse', ratios.parse, undefined, 'gate, tree and definition'),
      row('complete', ratios.completed - ratios.parse, undefined, 'defaults, addresses, validation'),
      row('parse + complete', ratios.completed, 2.2, 'libvirt: about 3'),
      row('format', ratios.format, 0.2, 'libvirt: about 0.3'),
      row('argv', ratios.argv, 0.9, 'aliases, prepare, command line, print; libvirt: about 4'),
      row('all', ratios.all, 3.5, 'source to XML and printed command line, stage by stage for many domains'),
      row('all, one at a time', ratios.single, undefined, 'the same, each domain before the next begins'),
    ],
  }
}

function printAll(conversions: Iterable<Conversion>): void {
  for (const { argv } of conversions) if (argv) printShell(argv)
}

/** So many definitions are alive at a time. */
const block = 25

/**
 * The milliseconds of `work` alone, each time on a definition just completed. Definitions kept from one round to the
 * next would change what is measured: an engine that sees them live long makes all others among its old objects.
 */
function afterwards(samples: readonly Sample[], work: (context: Context) => void): number {
  let spent = 0
  for (let from = 0; from < samples.length; from += block) {
    const contexts = samples.slice(from, from + block).map(({ source, options }) => {
      const { context } = complete(source, options)
      if (context === undefined) throw new Error('a sample does not complete')
      return context
    })
    spent += timed(() => contexts.forEach(work), 1)
  }
  return spent
}
