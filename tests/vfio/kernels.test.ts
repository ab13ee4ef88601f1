import { describe, expect, test } from 'vitest'
import type { Answer } from './operation.ts'
import { readRecording, recordings } from './recordings.ts'
import { beginningOf, predict } from './replay.ts'

test('there are recordings of two kernels', () => {
  expect(recordings.length).toBeGreaterThanOrEqual(2)
})

/** Operation and answer as one line each, so that a difference shows where it stands. */
const line = (number: number, operation: object, { outcome, errno, log }: Answer) =>
  `${number} ${JSON.stringify(operation)} ${outcome} ${errno ?? ''} ${log.join(' | ')}`

describe.each(recordings)('%s', (name) => {
  const [beginning, operations] = readRecording(name)

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
