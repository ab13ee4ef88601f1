import { expect, test } from 'vitest'
import { sequenceOf } from './sequence.ts'

test('steps run in order with what they are given, the first times as later', () => {
  const ran: string[] = []
  const sequence = sequenceOf<[string, number, string, string, string]>([
    (name) => ran.push(name),
    (name, number) => ran.push(`${name}${number}`),
    () => ran.push('end'),
    (_name, _number, _third, _fourth, fifth) => ran.push(fifth),
  ])
  for (let time = 0; time < 100; time++) {
    ran.length = 0
    sequence.now('a', time, '3', '4', '5')
    expect(ran).toEqual(['a', `a${time}`, 'end', '5'])
  }
})

test('no step is no failure', () => {
  const sequence = sequenceOf<[string]>([])
  for (let time = 0; time < 100; time++) expect(sequence.now('a')).toBeUndefined()
})
