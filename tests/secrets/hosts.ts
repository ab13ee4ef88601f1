import fc from 'fast-check'
import { printShell } from '../../src/argv/print.ts'
import { chooseBuild, loadBuiltin } from '../../src/capabilities/builtin.ts'
import { readCapabilities } from '../../src/capabilities/file.ts'
import { reportJson, reportText } from '../../src/cli/report.ts'
import { convert } from '../../src/convert.ts'
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts'
import { diffHosts } from '../../src/host/diff.ts'
import { readHost } from '../../src/host/read.ts'
import { redactHost } from '../../src/host/redact.ts'
import { planted } from '../fuzz/json-inputs.ts'
import { mutateJson } from '../fuzz/json-mutate.ts'
import { Random } from '../fuzz/mutate.ts'
import type { Outputs } from './outputs.ts'
import { marks, type Planted, placeNames, plant } from './planted.ts'

/** What a secret is sealed with beside the key stands on the command line. */
const sealed = planted.slice(0, 2)
const secret = marks.join('')
const passwords = { config: { vncPassword: secret, spicePassword: secret } }
const pool = `<pool type='dir'><name>https://user:${secret}@host/p</name><target><path>/p</path></target></pool>`
const host = JSON.stringify({
  arch: 'x86_64',
  ...passwords,
  secrets: [{ uuid: '9a4b1d2e-0c3f-4e55-8a61-7b2d9e0f1c23', type: 'ceph', usage: 'v', value: planted[0] }],
  masterKey: { key: planted[1], iv: planted[2] },
  storagePools: [{ xml: pool, volumes: [] }],
})

const hidden = [...sealed, secret]
const secretKeys: ReadonlySet<string> = new Set(['vncPassword', 'spicePassword', 'value', 'key', 'xml'])

/** Whether a fault has carried a secret to a place where nothing is one: there it is a value like any other. */
function hasStrayed(text: string): boolean {
  let strayed = false
  const look = (key: string, value: unknown): unknown => {
    if (typeof value === 'string' && !secretKeys.has(key)) strayed ||= hidden.some((part) => value.includes(part))
    return value
  }
  try {
    JSON.parse(text, look)
  } catch {
    return false
  }
  return strayed
}

/** Host files with secrets in each of their places, most of them with a few faults. */
export const plantedHosts: fc.Arbitrary<Planted> = fc
  .nat()
  .map((seed) => ({ text: seed % 4 === 0 ? host : mutateJson(host, new Random(seed)), hidden }))
  .filter(({ text }) => !hasStrayed(text))

const capabilities = await loadBuiltin(chooseBuild('x86_64', '9.0.0').build!)
const guests = placeNames.map((name) => plant(name).text.replaceAll(marks[0], 'other').replaceAll(marks[1], 'one'))

/** All that is printed of a text that is read as a host file and as a capability file. */
export function hostOutputsOf(text: string): Outputs {
  const shown = new Map<string, string>()
  const report = (name: string, diagnostics: readonly Diagnostic[], of = text) => {
    const reported = { name: 'host.json', text: of, diagnostics, secrets: [] }
    shown.set(name, reportText(reported, false) + JSON.stringify(reportJson(reported)))
  }
  const read = readHost(text, 'x86_64')
  report('a host file', read.diagnostics)
  report('a capability file', readCapabilities(text).diagnostics)
  if (read.host === undefined) return shown
  const { host } = read
  const file = JSON.parse(text)
  shown.set('host record --redact', JSON.stringify(redactHost(file)))
  const { secrets: _, config: __, ...less } = file
  shown.set('host diff', diffHosts(JSON.stringify(less), text).join('\n') + diffHosts(text, '{}').join('\n'))
  for (const [index, guest] of guests.entries()) {
    const { argv, diagnostics } = convert(guest, { capabilities, host })
    report(`findings of guest ${index}`, diagnostics, guest)
    if (argv !== undefined) shown.set(`argv --redact of guest ${index}`, printShell(argv, { redact: true }))
  }
  return shown
}
