import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { foretold, printedDevice, type RecordedStarts } from './real-qemu.ts'

const folder = new URL('qemu/', import.meta.url)
const recordings = readdirSync(folder).filter((name) => name.endsWith('.json'))

test('QEMU was started on two kernels', () => {
  expect(recordings.length).toBeGreaterThanOrEqual(2)
})

describe.each(recordings)('on %s', (name) => {
  const { qemuVersion, host, guests }: RecordedStarts = JSON.parse(readFileSync(new URL(name, folder), 'utf8'))
  const [first] = guests

  test.each(guests)('$guest.name', async ({ guest, device, ...happened }) => {
    expect(await printedDevice(guest, qemuVersion)).toBe(device)
    expect(foretold(first === undefined || guest === first.guest ? [guest] : [first.guest, guest], host)).toEqual(
      happened,
    )
  })
})
