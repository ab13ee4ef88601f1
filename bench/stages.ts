import { XMLParser } from 'fast-xml-parser'
import { printShell } from '../src/argv/print.ts'
import { Context } from '../src/context/context.ts'
import type { ConvertOptions } from '../src/convert.ts'
import { complete, convert } from '../src/convert.ts'
import { formatDomain } from '../src/pipeline/format.ts'
import { parseDomain } from '../src/pipeline/parse.ts'
import { startCommandLine } from '../src/pipeline/start.ts'
import { best, type Row } from './timing.ts'

export interface Sample {
  readonly source: string
  readonly options: ConvertOptions
}

/** Each stage over all samples, as a ratio to fast-xml-parser (its own defaults, attributes kept) parsing the same texts. */
export function stageRatios(samples: readonly Sample[]): { rows: Row[]; millisecondsEach: number } {
  const parser = new XMLParser({ ignoreAttributes: false })
  const parse = best(() => {
    for (const { source } of samples) parser.parse(source)
  })
  const completed = samples.map(({ source, options }) => {
    const { context } = complete(source, options)
    if (context === undefined) throw new Error('a sample does not complete')
    return { context, options }
  })
  const ours = best(() => {
    for (const { source } of samples) parseDomain(source)
  })
  const toComplete = best(() => {
    for (const { source, options } of samples) complete(source, options)
  })
  const format = best(() => {
    for (const { context } of completed) formatDomain(context.definition)
  })
  const argv = best(() => {
    for (const { context } of completed) {
      // A fresh context: prepare and aliases are part of building a command line.
      const fresh = new Context(context.definition, context.options, context.origins, [])
      fresh.useMachine(context.machine)
      const line = startCommandLine(fresh)
      if (line) printShell(line)
    }
  })
  const all = best(() => {
    for (const { source, options } of samples) {
      const { argv: line } = convert(source, options)
      if (line) printShell(line)
    }
  })
  const row = (what: string, seconds: number, note = ''): Row => ({ what, ratio: seconds / parse, note })
  return {
    millisecondsEach: (parse * 1000) / samples.length,
    rows: [
      row('parse', ours, 'gate, tree and definition'),
      row('complete', toComplete - ours, 'defaults, addresses, validation'),
      row('parse + complete', toComplete, 'libvirt: about 3'),
      row('format', format, 'libvirt: about 0.3'),
      row('argv', argv, 'aliases, prepare, command line, print; libvirt: about 4'),
      row('all', all, 'source to XML and command line'),
    ],
  }
}
