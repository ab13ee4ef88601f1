import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { argumentText } from '../../../src/argv/command-line.ts'
import { chooseBuild, loadBuiltin } from '../../../src/capabilities/builtin.ts'
import { convert } from '../../../src/convert.ts'
import { genericHost } from '../../../src/host/generic.ts'
import { sealWith, secretsFrom } from '../../../src/host/secrets.ts'
import { Release } from '../../../src/release/release.ts'
import { provenanceFaults } from '../provenance.ts'
import { disks } from './arbitrary.ts'
import { graphFaults } from './graph.ts'

const { build } = chooseBuild('x86_64', 'latest')
if (build === undefined) throw new Error('no built-in table for x86_64')
const capabilities = await loadBuiltin(build)

const value = new Uint8Array([1, 2, 3])
const secrets = secretsFrom(
  [
    { uuid: '0a81f5b2-8403-7b23-c8d6-21ccc2f80d6f', value },
    { usage: 'a usage', value },
  ],
  sealWith({ key: new Uint8Array(32), iv: new Uint8Array(16) }),
)
const host = { ...genericHost('x86_64'), secrets }

const domain = (devices: string, machine: string) => `<domain type='kvm'>
  <name>guest</name>
  <uuid>c7a5fdbd-edaf-9455-926a-d65c16db1809</uuid>
  <memory unit='MiB'>256</memory>
  <os><type arch='x86_64' machine='${machine}'>hvm</type></os>
  <devices>${devices}</devices>
</domain>`

const guests = fc.record({ devices: disks, machine: fc.constantFrom('pc', 'q35') })
const convertGuest = ({ devices, machine }: { devices: string; machine: string }) =>
  convert(domain(devices, machine), { release: Release.of('10.1'), capabilities, host })

describe('random disks', () => {
  test('convert, or are refused with a reason and a place', () => {
    let converted = 0
    fc.assert(
      fc.property(guests, (guest) => {
        const { xml, argv, diagnostics } = convertGuest(guest)
        const errors = diagnostics.filter(({ severity }) => severity === 'error')
        if (argv !== undefined) {
          converted++
          expect(errors).toEqual([])
          expect(xml).toBeDefined()
          return
        }
        expect(errors.length).toBeGreaterThan(0)
        for (const { code, message, span } of errors) {
          expect(code).not.toMatch(/not-built$/)
          expect(message).not.toBe('')
          expect(span).toBeDefined()
        }
      }),
      { numRuns: 120 },
    )
    // A generator whose guests are all refused would make every other law hold.
    expect(converted).toBeGreaterThan(10)
  })

  test('have a stable format', () => {
    fc.assert(
      fc.property(guests, (guest) => {
        const { xml } = convertGuest(guest)
        if (xml === undefined) return
        expect(convert(xml, { release: Release.of('10.1'), capabilities, host }).xml).toBe(xml)
      }),
      { numRuns: 100 },
    )
  })

  test('make a closed graph of nodes and objects, each used once', () => {
    fc.assert(
      fc.property(guests, (guest) => {
        const { argv } = convertGuest(guest)
        if (argv === undefined) return
        expect(graphFaults(argv.args.map((it) => argumentText(it)))).toEqual([])
      }),
      { numRuns: 120 },
    )
  })

  test('say of every piece of the command line where it came from', () => {
    fc.assert(
      fc.property(guests, (guest) => {
        const { argv, origins } = convertGuest(guest)
        if (argv === undefined) return
        expect(provenanceFaults(argv, origins)).toEqual([])
      }),
      { numRuns: 100 },
    )
  })
})

describe('the law of the graph sees', () => {
  const storage = '{"driver":"file","node-name":"a"}'

  test('a node that is not there, and one that nobody uses', () => {
    expect(graphFaults(['-blockdev', storage])).toEqual(['the node a is used 0 times'])
    const format = '{"driver":"raw","node-name":"b","file":"c"}'
    expect(graphFaults(['-blockdev', format, '-device', '{"driver":"ide-hd","drive":"b","id":"d"}'])).toEqual([
      'b refers to c, which is not there yet',
    ])
  })

  test('a node that is made twice', () => {
    expect(graphFaults(['-blockdev', storage, '-blockdev', storage])).toContain('a is made twice')
  })
})
