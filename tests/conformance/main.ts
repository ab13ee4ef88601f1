import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { shared } from '../shared.ts'
import { conformance, type Options } from './conformance.ts'
import { domxml } from './domxml.ts'
import { live } from './live.ts'

const usage = `npm run conformance -- [OPTION]…
  --corpus DIR     folder with manifest.json and qemuxmlconfdata/, in it or beside it (default: ../shared/corpus); its
                   expected failures are listed in expected-failures/FOLDER-DIR/, where that is there
  --support DIR    folder with the capability tables and host.json, where it is another one
  --live DIR       compare with what a real libvirt said of real domains (DIR/manifest.json, host.json, capabilities/)
  --host FILE      with --live: another host file than DIR/host.json
  --filter RE      only cases whose id matches
  --json OUT       write the results as JSON
  --family-summary reasons of failures, grouped by family and counted
  --diff ID        what is wrong with one case, line by line (an id, or a beginning that only one has)
  --update         drop cases that pass from the lists; they never grow
  --init           write the very first lists
  --accept-refusal ID   the refusal of ID was reviewed: add its code to refusals.json (may be repeated)
`

function main(): number {
  const options = {
    corpus: { type: 'string' },
    live: { type: 'string' },
    host: { type: 'string' },
    support: { type: 'string' },
    filter: { type: 'string' },
    json: { type: 'string' },
    diff: { type: 'string' },
    update: { type: 'boolean' },
    init: { type: 'boolean' },
    'family-summary': { type: 'boolean' },
    'accept-refusal': { type: 'string', multiple: true },
    help: { type: 'boolean' },
  } as const
  let values: Options & { help?: boolean | undefined; live?: string | undefined; host?: string | undefined }
  try {
    values = parseArgs({ options }).values
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${usage}`)
    return 2
  }
  if (values.help) {
    console.log(usage)
    return 0
  }
  if (values.live !== undefined) {
    live(values.live, values)
    return 0
  }
  const lists = dirname(fileURLToPath(import.meta.url))
  const color = process.stdout.isTTY && process.env.NO_COLOR === undefined
  return conformance(values, { lists, shared, subject: domxml, color, print: (text) => console.log(text) })
}

process.exitCode = main()
