import { expect, test } from 'vitest'
import { builtinHosts, builtinLayers } from '../../src/host/builtin/index.ts'
import { hostFileSchema } from '../../src/host/file.ts'
import { hostFromLayers } from '../../src/host/load.ts'
import { checkerOf } from '../../src/json/check.ts'

const names = Object.keys(builtinHosts) as (keyof typeof builtinHosts)[]

test.each(names)('%s is a valid host file', (name) => {
  const check = checkerOf(hostFileSchema, 'host', 'host file')
  expect(check(JSON.stringify(builtinHosts[name])).diagnostics).toEqual([])
  expect(hostFromLayers(builtinLayers(name), 'x86_64').diagnostics).toEqual([])
})

test.each(names)('%s has what a fresh libvirt has', (name) => {
  const host = hostFromLayers(builtinLayers(name), 'aarch64').host
  expect(host.networks.find('default')?.port.plug).toMatchObject({ type: 'network', bridge: 'virbr0' })
  expect(host.storagePools.find('default')?.targetPath).toBe('/var/lib/libvirt/images')
  expect(host.standing('networks')).toBe(name === 'generic' ? 'assumed' : 'sketched')
})
