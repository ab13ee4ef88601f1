import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

const codesOf = async (sections: string) => (await guest('', { sections })).codes

test.each(['<resource/>', '<resource><partition/></resource>'])('%s is refused', async (xml) => {
  expect(await codesOf(xml)).toEqual(['resource/empty'])
})

test.each(['<partition>/machine</partition>', "<fibrechannel appid='a'/>"])('%s says something', async (xml) => {
  expect(await codesOf(`<resource>${xml}</resource>`)).toEqual([])
})
