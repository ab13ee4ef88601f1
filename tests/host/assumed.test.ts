import { describe, expect, test } from 'vitest'
import { explain } from '../../src/argv/explain.ts'
import { chooseBuild, loadBuiltin } from '../../src/capabilities/builtin.ts'
import type { Arch } from '../../src/capabilities/capabilities.ts'
import type { ConvertOptions } from '../../src/conversion.ts'
import { convert } from '../../src/convert.ts'
import { LineIndex } from '../../src/diagnostic/position.ts'
import { builtinLayers } from '../../src/host/builtin/index.ts'
import { genericHost } from '../../src/host/generic.ts'
import { hostFromLayers } from '../../src/host/load.ts'
import { readHost } from '../../src/host/read.ts'

const card = (network: string) => `<interface type='network'><source network='${network}'/></interface>`

async function told(devices: string, more: Partial<ConvertOptions> & { os?: string; cpu?: string; arch?: Arch } = {}) {
  const { os = '<os>', cpu = '', arch = 'x86_64', ...options } = more
  const source = `<domain type='kvm'><name>guest</name><memory>1048576</memory>
    ${os}<type arch='${arch}'>hvm</type></os><features><acpi/></features>${cpu}
    <devices><emulator>/qemu</emulator>${devices}</devices></domain>`
  const capabilities = await loadBuiltin(chooseBuild(arch).build!)
  const conversion = convert(source, { capabilities, host: genericHost(arch), ...options })
  return { ...conversion, codes: conversion.diagnostics.map(({ code, severity }) => `${severity} ${code}`) }
}

const described = (file: object) => readHost(JSON.stringify(file), 'x86_64').host!

describe('a fact that a fresh host has', () => {
  test('is assumed, in one note for all', async () => {
    const { argv, codes, diagnostics } = await told(`${card('default')}${card('default')}`, {
      os: "<os firmware='efi'>",
    })
    expect(argv).toBeDefined()
    expect(codes).toEqual(['info host/assumed'])
    expect(diagnostics[0]?.message).toContain('the network default (virbr0)')
    expect(diagnostics[0]?.message).toContain('a UEFI firmware (/usr/share/OVMF/OVMF_CODE_4M.fd)')
    expect(diagnostics[0]?.message.match(/network default/g)).toHaveLength(1)
  })

  test('has an origin of its own', async () => {
    const { argv, origins, text } = await told(card('default'))
    const lines = explain(argv!, origins, new LineIndex(text))
    const bridge = lines.flatMap(({ pieces }) => pieces).find((piece) => piece.text.includes('virbr0'))
    expect(bridge?.sources).toContainEqual({ kind: 'assumed', fact: 'the network default' })
  })

  test('is an error where nothing may be assumed', async () => {
    const { codes, argv } = await told(card('default'), { strictHost: true })
    expect(codes).toEqual(['error host/assumption', 'error host/assumption'])
    expect(argv).toBeUndefined()
  })

  test('is no assumption where the user names the distribution', async () => {
    const { host } = hostFromLayers(builtinLayers('debian13'), 'x86_64')
    const { diagnostics } = await told(card('default'), { host, os: "<os firmware='efi'>" })
    expect(diagnostics[0]?.message).not.toContain('network')
    expect(diagnostics[0]?.message).not.toContain('firmware')
  })
})

describe('a fact that nobody can guess', () => {
  test.each<[string, string, { cpu?: string; os?: string }]>([
    ['network', card('other'), {}],
    [
      'storage pool',
      "<disk type='volume'><source pool='other' volume='v'/><target dev='vda' bus='virtio'/></disk>",
      {},
    ],
    ["host's CPU", '', { cpu: "<cpu mode='host-model'/>" }],
    ["host's SMBIOS", '', { os: "<os><smbios mode='host'/>" }],
    ['open macvtap', "<interface type='direct'><source dev='eth0'/></interface>", {}],
  ])('%s: told by a check, refused at a start', async (fact, devices, more) => {
    const check = await told(devices, { ...more, purpose: 'check' })
    expect(check.codes.filter((code) => code.startsWith('error'))).toEqual([])
    expect(check.diagnostics.at(-1)?.message).toMatch(new RegExp(`Not known: .*${fact}`))
    expect(check.argv).toBeUndefined()
    const start = await told(devices, more)
    expect(start.codes.filter((code) => code.startsWith('error'))).toEqual(['error host/unknown'])
    expect(start.argv).toBeUndefined()
    expect(start.xml).toBeDefined()
    const error = start.diagnostics.find(({ severity }) => severity === 'error')
    expect(error?.hint).toMatch(/host file .*\{"/)
  })

  test('is not asked for where nothing starts', async () => {
    const { codes, xml } = await told(card('other'), { purpose: 'define' })
    expect(codes).toEqual([])
    expect(xml).toBeDefined()
  })

  test('a check still finds what is wrong beside it', async () => {
    const twice = "<interface type='direct'><source dev='eth0'/><mtu size='99999999'/></interface>"
    const { codes } = await told(`${card('other')}${twice}<interface type='dummy'/>`, { purpose: 'check' })
    expect(codes.some((code) => code.startsWith('error'))).toBe(true)
  })

  test('a secret is said once, and nothing follows from it', async () => {
    const disk = (name: string) => `<disk type='network'><source protocol='rbd' name='p/${name}'>
      <auth username='u'><secret type='ceph' uuid='0a81f5b2-8403-7b23-c8d6-21ccc2f80d6f'/></auth></source>
      <target dev='${name}' bus='virtio'/></disk>`
    const { codes } = await told(disk('vda') + disk('vdb'))
    expect(codes).toEqual(['error host/unknown'])
  })
})

test('a described host has only what its file lists', async () => {
  const { codes } = await told(card('default'), { host: described({ networks: [] }) })
  expect(codes).toContain('error interface/unknown-network')
  const firmware = await told('', { host: described({ firmware: [] }), os: "<os firmware='efi'>" })
  expect(firmware.codes).toContain('error firmware/none-fits')
})

test('a firmware that no assumed descriptor offers is unknown, not wrong', async () => {
  const os = "<os firmware='efi'><loader stateless='yes'/>"
  const check = await told('', { os, purpose: 'check' })
  expect(check.codes).toEqual(['info host/assumed'])
  const start = await told('', { os })
  expect(start.codes).toContain('error host/unknown')
  expect(start.xml).toBeUndefined()
})
