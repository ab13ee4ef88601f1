import { element, type Infer } from './codec/element.ts'
import { child, derived, impliedChild, many, required, requiredChild, textChild } from './codec/field.ts'
import { oneOf, text } from './codec/scalar.ts'
import { audio } from './devices/audio/element.ts'
import { channel } from './devices/channel/element.ts'
import { guestConsole } from './devices/console/element.ts'
import { controller } from './devices/controller/element.ts'
import { crypto } from './devices/crypto/element.ts'
import { disk } from './devices/disk/element.ts'
import { filesystem } from './devices/filesystem/element.ts'
import { graphics } from './devices/graphics/element.ts'
import { hostdev } from './devices/hostdev/element.ts'
import { hub } from './devices/hub/element.ts'
import { input } from './devices/input/element.ts'
import { type InterfaceOf, networkInterface } from './devices/interface/element.ts'
import { iommu } from './devices/iommu/element.ts'
import { lease } from './devices/lease/element.ts'
import { memballoon } from './devices/memballoon/element.ts'
import { memoryDevice } from './devices/memory/element.ts'
import { nvram as nvramDevice } from './devices/nvram/element.ts'
import { panic } from './devices/panic/element.ts'
import { parallel } from './devices/parallel/element.ts'
import { pstore } from './devices/pstore/element.ts'
import { redirdev } from './devices/redirdev/element.ts'
import { redirfilter } from './devices/redirfilter/element.ts'
import { rng } from './devices/rng/element.ts'
import { serial } from './devices/serial/element.ts'
import { shmem } from './devices/shmem/element.ts'
import { smartcard } from './devices/smartcard/element.ts'
import { sound } from './devices/sound/element.ts'
import { tpm } from './devices/tpm/element.ts'
import { video } from './devices/video/element.ts'
import { vsock } from './devices/vsock/element.ts'
import { watchdog } from './devices/watchdog/element.ts'
import { blkiotune } from './sections/blkiotune/element.ts'
import { clock } from './sections/clock/element.ts'
import { cpu } from './sections/cpu/element.ts'
import { cputune } from './sections/cputune/element.ts'
import { features } from './sections/features/element.ts'
import { description, identity } from './sections/identity/element.ts'
import { idmap } from './sections/idmap/element.ts'
import { iommufd } from './sections/iommufd/element.ts'
import { iothreads } from './sections/iothreads/element.ts'
import { keywrap } from './sections/keywrap/element.ts'
import { launchSecurity } from './sections/launch-security/element.ts'
import { lifecycle, power } from './sections/lifecycle/element.ts'
import { currentMemory, maxMemory, memory } from './sections/memory/element.ts'
import { memoryBacking } from './sections/memory-backing/element.ts'
import { memtune } from './sections/memtune/element.ts'
import { numatune } from './sections/numatune/element.ts'
import { hostBootloader, os } from './sections/os/element.ts'
import { qemuDeclaration, qemuNamespace } from './sections/process/element.ts'
import { resource } from './sections/resource/element.ts'
import { seclabel } from './sections/seclabel/element.ts'
import { sysinfo } from './sections/sysinfo/element.ts'
import { throttlegroups } from './sections/throttlegroups/element.ts'
import { vcpu, vcpus } from './sections/vcpu/element.ts'

/** Every device kind that is built, in output order. A kind's key is its XML name. */
export const devices = element('devices', 'The devices of the guest.', {
  children: {
    emulator: textChild(text, { doc: "QEMU's binary." }),
    disk: many(disk),
    controller: many(controller),
    lease: many(lease),
    filesystem: many(filesystem),
    interface: many(networkInterface),
    smartcard: many(smartcard),
    serial: many(serial),
    parallel: many(parallel),
    console: many(guestConsole),
    channel: many(channel),
    input: many(input),
    tpm: many(tpm),
    graphics: many(graphics),
    sound: many(sound),
    audio: many(audio),
    video: many(video),
    hostdev: many(hostdev),
    redirdev: many(redirdev),
    redirfilter: many(redirfilter),
    hub: many(hub),
    watchdog: many(watchdog),
    memballoon: many(memballoon),
    rng: many(rng),
    nvram: many(nvramDevice),
    panic: many(panic),
    shmem: many(shmem),
    memory: many(memoryDevice),
    crypto: many(crypto),
    iommu: many(iommu),
    vsock: many(vsock),
    pstore: many(pstore, { since: '10.6' }),
  },
})

/** A whole domain: its sections in output order. */
export const domain = element('domain', 'A guest.', {
  attributes: {
    type: required(oneOf('kvm', 'qemu', 'hvf'), {
      doc: 'What runs it: KVM, emulation, or the Hypervisor framework.',
    }),
    qemu: derived(qemuDeclaration, {
      name: 'xmlns:qemu',
      doc: 'Stands where an element of that namespace is printed.',
    }),
  },
  children: {
    ...identity,
    ...description,
    maxMemory: child(maxMemory),
    memory: child(memory),
    currentMemory: child(currentMemory),
    blkiotune: child(blkiotune, { merges: true }),
    memtune: child(memtune, { merges: true }),
    memoryBacking: child(memoryBacking, { merges: true }),
    vcpu: child(vcpu),
    vcpus: child(vcpus, { merges: true }),
    ...iothreads,
    throttlegroups: child(throttlegroups, { merges: true, since: '11.2' }),
    cputune: child(cputune, { merges: true }),
    numatune: child(numatune, { once: true }),
    iommufd: child(iommufd, { since: '12.2' }),
    resource: child(resource, { once: true }),
    sysinfo: many(sysinfo),
    ...hostBootloader,
    os: requiredChild(os, { merges: true }),
    idmap: child(idmap, { merges: true }),
    features: child(features, { merges: true }),
    cpu: child(cpu, { merges: ['numa'] }),
    clock: child(clock, { merges: true }),
    ...lifecycle,
    ...power,
    devices: impliedChild(devices, { merges: true }),
    seclabel: many(seclabel),
    keywrap: child(keywrap, { merges: true }),
    launchSecurity: child(launchSecurity),
    ...qemuNamespace,
  },
})

export type Domain = Infer<typeof domain>
export type Devices = Infer<typeof devices>
export type { Controller, ControllerOf, PciController } from './devices/controller/element.ts'
export type { Hostdev, HostdevOf } from './devices/hostdev/element.ts'
export type { Interface, InterfaceOf } from './devices/interface/element.ts'
export type HostdevInterface = InterfaceOf<'hostdev'>
export type { Audio } from './devices/audio/element.ts'
export type { Disk } from './devices/disk/element.ts'
export type { Filesystem } from './devices/filesystem/element.ts'
export type { Graphics } from './devices/graphics/element.ts'
export type { Hub } from './devices/hub/element.ts'
export type { Input } from './devices/input/element.ts'
export type { Lease } from './devices/lease/element.ts'
export type { Memballoon } from './devices/memballoon/element.ts'
export type { MemoryDevice } from './devices/memory/element.ts'
export type { Panic } from './devices/panic/element.ts'
export type { Redirfilter, UsbFilterRule } from './devices/redirfilter/element.ts'
export type { SerialModel, SerialTargetType } from './devices/serial/element.ts'
export type { Sound } from './devices/sound/element.ts'
export type { Video, VideoType } from './devices/video/element.ts'
export type { Watchdog } from './devices/watchdog/element.ts'
export type { GuestNuma } from './sections/cpu/numa-element.ts'
export type { Numatune } from './sections/numatune/element.ts'
