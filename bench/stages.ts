import { XMLParser } from 'fast-xml-parser'
import { printShell } from '../src/argv/print.ts'
import { Context } from '../src/context/context.ts'
import type { ConvertOptions } from '../src/convert.ts'
import { complete, convert } from '../src/convert.ts'
import { formatDomain } from '../src/pipeline/format.ts'
import { parseDomain } from '../src/pipeline/parse.ts'
import { startCommandLine } from '../src/pipeline/start.ts'
import { interleaved, type Row } from './timing.ts'

export interface Sample {
  readonly source: string
  readonly options: ConvertOptions
}

/** Each stage over all samples, as a ratio to fast-xml-parser (its own defaults, attributes kept) parsing the same texts. */
export function stageRatios(samples: readonly Sample[]): { rows: Row[]; millisecondsEach: number } {
  const parser = new XMLParser({ ignoreAttributes: false })
  const completed = samples.map(({ source, options }) => {
    const { context } = complete(source, options)
    if (context === undefined) throw new Error('a sample does not complete')
    return context
  })
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
    format: () => {
      for (const context of completed) formatDomain(context.definition)
    },
    argv: () => {
      for (const context of completed) {
        // A fresh context: prepare and aliases are part of building a command line.
        const fresh = new Context(context.definition, context.options, context.origins, [])
        fresh.useMachine(context.machine)
        const line = startCommandLine(fresh)
        if (line) printShell(line)
      }
    },
    all: () => {
      for (const { source, options } of samples) {
        const { argv: line } = convert(source, options)
        if (line) printShell(line)
      }
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
      row('all', ratios.all, 3.5, 'source to XML and printed command line'),
    ],
  }
}
