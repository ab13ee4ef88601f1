import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

const shown = async (sections: string) => {
  const { xml } = await guest('', { sections, host: { autoNodeset: '0', standing: () => 'described' } })
  return /<numatune>[\s\S]*<\/numatune>/.exec(xml ?? '')?.[0].replace(/\s*\n\s*/g, '')
}
const auto = "<vcpu placement='auto'>2</vcpu>"

test('memory lies where the CPUs are, unless nodes are named', async () => {
  expect(await shown(`${auto}<numatune><memory mode='strict'/></numatune>`)).toContain("placement='auto'")
  expect(await shown(`${auto}<numatune><memory nodeset='0'/></numatune>`)).toContain("nodeset='0'")
  expect(await shown("<numatune><memory placement='auto' nodeset='0'/></numatune>")).not.toContain('nodeset')
})
