import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

const growing = "<maxMemory slots='4' unit='GiB'>8</maxMemory><vcpu>4</vcpu>"
const dimm = (target = '') => `<memory model='dimm'><target><size unit='MiB'>64</size>${target}</target></memory>`

test('a new guest whose memory can grow has one cell, less what its modules have', async () => {
  const { xml, options, codes } = await guest(dimm(), { sections: growing, abiUpdate: true, release: '11.3' })
  expect(codes).toEqual([])
  expect(xml).toContain("<cell id='0' cpus='0-3' memory='196608' unit='KiB'/>")
  expect(xml).toContain('<node>0</node>')
  expect(options('-numa')).toEqual(['-numa node,nodeid=0,cpus=0-3,memdev=ram-node0'])
})

test('an existing guest gets none, nor one that describes its cells, nor IBM Z', async () => {
  const codes = async (options: Parameters<typeof guest>[1], devices = '') =>
    (await guest(devices, { sections: growing, release: '11.3', ...options })).codes
  expect(await codes({})).toEqual(['memory/hotplug-without-numa'])
  const two = "<cpu><numa><cell id='0' cpus='0-1' memory='65536'/><cell id='1' cpus='2-3' memory='65536'/></numa></cpu>"
  expect(await codes({ abiUpdate: true, sections: growing + two }, dimm())).toEqual(['memory/no-cell'])
  const mainframe = { arch: 's390x', machine: 's390-ccw-virtio', abiUpdate: true } as const
  expect((await guest('', { sections: growing, ...mainframe, release: '12.8' })).options('-numa')).toEqual([])
  expect(await codes({ abiUpdate: true }, dimm('<node>1</node>'))).toEqual(['memory/no-such-cell'])
})

test('a memnode names no cell that the guest gets without asking', async () => {
  const memnode = "<numatune><memnode cellid='0' mode='strict' nodeset='0'/></numatune>"
  const { codes } = await guest('', { sections: growing + memnode, abiUpdate: true, release: '11.3' })
  expect(codes).toEqual(['numatune/no-such-cell'])
})

test('without a <cpu> the definition does not show the cell that QEMU is told of', async () => {
  const board = { arch: 'aarch64', machine: 'virt', qemu: '11.1', abiUpdate: true, release: '12.8' } as const
  const { xml, options } = await guest('', { sections: growing, ...board })
  expect(xml).not.toContain('<numa>')
  expect(options('-numa')).toEqual(['-numa node,nodeid=0,cpus=0-3,memdev=ram-node0'])
})
