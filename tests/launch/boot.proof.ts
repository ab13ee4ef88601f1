import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeBootParts } from '../../scripts/launch/boot-parts.ts'
import { bundle, fileWith } from '../cli/run.ts'
import { emulator, left, placeFor, Started, skippedWithout } from './started.ts'

const programs = [emulator, '/usr/bin/swtpm', '/bin/busybox', '/usr/bin/mcopy', '/usr/share/OVMF/OVMF_CODE_4M.fd']
const isSkipped = skippedWithout(programs, 'guests that boot')
const parts = isSkipped ? undefined : makeBootParts(join(tmpdir(), 'domxml-boot'))

function domain(name: string, os: string, devices: string, rest = ''): string {
  return fileWith(`<domain type='qemu'>
  <name>${name}</name>
  <memory unit='MiB'>512</memory>
  ${rest}
  ${os}
  <features><acpi/></features>
  <devices>
    <serial type='pty'/>
    ${devices}
  </devices>
</domain>`)
}

test.skipIf(isSkipped)('a kernel of the host boots, and says so on the console', async () => {
  const place = placeFor('kernel')
  const os = `<os><type arch='x86_64' machine='q35'>hvm</type><kernel>${parts!.kernel}</kernel>
    <initrd>${parts!.initrd}</initrd><cmdline>console=ttyS0 quiet</cmdline></os>`
  const run = new Started([process.execPath, bundle()], domain('kernel', os, ''), place, ['--console'])
  await run.says(/guest: booted/, 120_000)
  expect(await run.exit).toEqual({ code: 0, signal: null })
  expect(await left(place)).toEqual([])
})

test.skipIf(isSkipped)('a disk boots by UEFI, with a TPM, virtiofs and a user network', async () => {
  const place = placeFor('uefi')
  const folder = join(place.base, 'shared')
  mkdirSync(folder)
  writeFileSync(join(folder, 'word'), 'from-the-host\n')
  const os = `<os firmware='efi'><type arch='x86_64' machine='q35'>hvm</type>
    <firmware><feature enabled='no' name='secure-boot'/></firmware></os>`
  const devices = `<disk type='file'><driver name='qemu' type='raw'/><source file='${parts!.disk}'/><target dev='sda' bus='sata'/></disk>
    <filesystem><driver type='virtiofs'/><source dir='${folder}'/><target dir='shared'/></filesystem>
    <interface type='user'><model type='virtio'/></interface>
    <tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm>`
  const memory = "<memoryBacking><source type='memfd'/><access mode='shared'/></memoryBacking>"
  const run = new Started([process.execPath, bundle()], domain('uefi', os, devices, memory), place, ['--console'])
  await run.says(/guest: network 10\.0\.2\.15/, 200_000)
  for (const line of ['booted', 'by UEFI', 'TPM 2', 'virtiofs from-the-host'])
    expect(run.said).toContain(`guest: ${line}`)
  expect(await run.exit).toEqual({ code: 0, signal: null })
  expect(await left(place)).toEqual([])
  expect(existsSync(join(place.state, 'nvram/uefi_VARS.fd'))).toBe(true)
})
