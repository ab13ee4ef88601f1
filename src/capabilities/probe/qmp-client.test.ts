import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { QmpClient } from './qmp-client.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const greeting = '{"QMP": {"version": {}, "capabilities": []}}\n'

function connected() {
  const sent: { execute: string; id: string }[] = []
  const client = new QmpClient((text) => sent.push(JSON.parse(text)))
  return { client, sent, answer: (index: number, rest: string) => bytes(`{"id": "${sent[index]?.id}", ${rest}}\n`) }
}

describe('a QMP client', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('waits for the greeting', async () => {
    const { client } = connected()
    client.receive(bytes(greeting))
    await expect(client.greeting).resolves.toBeUndefined()
  })

  it('matches answers to questions by id, in any order, and ignores events and strangers', async () => {
    const { client, answer } = connected()
    const first = client.ask({ execute: 'query-version' }, 1000)
    const second = client.ask({ execute: 'query-kvm' }, 1000)
    client.receive(bytes('{"event": "SHUTDOWN", "data": {}}\r\n\r\n{"id": "other", "return": 1}\n'))
    client.receive(answer(1, '"return": {"enabled": true}'))
    client.receive(answer(0, '"error": {"class": "GenericError", "desc": "no"}'))
    await expect(second).resolves.toEqual({ return: { enabled: true } })
    await expect(first).resolves.toEqual({ error: { class: 'GenericError', desc: 'no' } })
  })

  it('takes lines in any pieces, cut inside a character too', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), async (sizes) => {
        const { client, answer } = connected()
        const asked = client.ask({ execute: 'query-name' }, 1000)
        const whole = new Uint8Array([...bytes(greeting), ...answer(0, '"return": {"name": "Größe 𝄞"}')])
        for (let at = 0, turn = 0; at < whole.length; turn++) {
          const size = sizes[turn % sizes.length] ?? 1
          client.receive(whole.slice(at, at + size))
          at += size
        }
        expect(await asked).toEqual({ return: { name: 'Größe 𝄞' } })
      }),
      { numRuns: 30 },
    )
  })

  it('gives a question up after its time, and everything after it', async () => {
    const { client } = connected()
    const asked = client.ask({ execute: 'query-version' }, 1000)
    const other = client.ask({ execute: 'query-kvm' }, 9000)
    vi.advanceTimersByTime(1000)
    await expect(asked).rejects.toMatchObject({ fault: 'timeout', message: 'no answer to query-version within 1 s' })
    await expect(other).rejects.toMatchObject({ fault: 'timeout' })
    await expect(client.ask({ execute: 'query-kvm' }, 1000)).rejects.toMatchObject({ fault: 'timeout' })
  })

  it('refuses at once after the end', async () => {
    const { client } = connected()
    const asked = client.ask({ execute: 'query-version' }, 1000)
    client.close('ended by SIGABRT')
    await expect(asked).rejects.toMatchObject({ fault: 'closed', message: 'ended by SIGABRT' })
    await expect(client.greeting).rejects.toMatchObject({ fault: 'closed' })
    await expect(client.ask({ execute: 'query-kvm' }, 1000)).rejects.toMatchObject({ fault: 'closed' })
  })

  it.each([
    ['no JSON', 'Segmentation fault\n'],
    ['JSON of another kind', '[1, 2]\n'],
    ['a number', '17\n'],
    ['JSON nested without end', `${'['.repeat(1_000_000)}\n`],
  ])('refuses %s', async (_, text) => {
    const { client } = connected()
    client.receive(bytes(text))
    await expect(client.greeting).rejects.toMatchObject({ fault: 'protocol' })
  })

  it('refuses an answer without a value, and a line without an end', async () => {
    const { client, answer } = connected()
    const asked = client.ask({ execute: 'query-version' }, 1000)
    client.receive(answer(0, '"something": 1'))
    await expect(asked).rejects.toMatchObject({ fault: 'protocol' })
    const endless = connected().client
    const piece = bytes('x'.repeat(1 << 20))
    for (let count = 0; count < 65; count++) endless.receive(piece)
    await expect(endless.greeting).rejects.toMatchObject({ fault: 'protocol', message: 'a line without an end' })
  })
})
