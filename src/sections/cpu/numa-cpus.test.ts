import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

const cells = (first: string) => `<vcpu>3</vcpu><cpu><numa><cell ${first}/><cell memory='1048576'/></numa></cpu>`

// Libvirt 11.3 and 12.8 answer each so.
test.each([
  ["cpus='0' memory='10'", '11.3', 'cpus=0-2,memdev=ram-node0'],
  ["cpus='0' memory='10'", '12.8', 'cpus=0-2,memdev=ram-node0'],
  ["cpus='0' memory='0'", '11.3', 'cpus=0-2,memdev=ram-node0'],
  ["cpus='0' memory='0'", '12.8', 'cpus=0'],
] as const)('CPUs that no cell names are of the first, %s, in %s', async (first, release, cpus) => {
  const { options } = await guest('', { release, machine: 'q35', sections: cells(first), abiUpdate: true })
  expect(options('-numa')[0]).toBe(`-numa node,nodeid=0,${cpus}`)
})
