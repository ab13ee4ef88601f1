import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Answer, Beginning, RecordedOperation } from './operation.ts'
import { beginningOf, predict } from './replay.ts'

const folder = new URL('kernels/', import.meta.url)
const recordings = readdirSync(folder).filter((name) => name.endsWith('.jsonl'))

function read(name: string): [Beginning, RecordedOperation[]] {
  const lines = readFileSync(new URL(name, folder), 'utf8').trimEnd().split('\n')
  const [beginning, ...operations] = lines.map((line): unknown => JSON.parse(line))
  return [beginning as Beginning, operations as RecordedOperation[]]
}

test('there are recordings of two kernels', () => {
  expect(recordings.length).toBeGreaterThanOrEqual(2)
})

/** Operation and answer as one line each, so that a difference shows where it stands. */
const line = (number: number, operation: object, { outcome, errno, log }: Answer) =>
  `${number} ${JSON.stringify(operation)} ${outcome} ${errno ?? ''} ${log.join(' | ')}`

describe.each(recordings)('%s', (name) => {
  const [beginning, operations] = read(name)

  test('the model answers every operation as the kernel did', () => {
    let host = beginningOf(beginning)
    const kernel: string[] = []
    const model: string[] = []
    operations.forEach(({ outcome, errno, log, ...operation }, index) => {
      const predicted = predict(host, operation)
      host = predicted.host
      kernel.push(line(index + 2, operation, { outcome, ...(errno !== undefined && { errno }), log }))
      model.push(line(index + 2, operation, predicted.answer))
    })
    expect(model).toEqual(kernel)
  })
})
