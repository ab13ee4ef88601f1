import type { HostFile } from '../file.ts'
import { firstRenderNode, freshNetworks, freshStoragePools } from './fresh.ts'

/**
 * Debian 13 with libvirt and QEMU from its packages (source: libvirt-daemon-config-network, ovmf, qemu-efi-*,
 * qemu-system-common, qemu-system-gui).
 */
export const debian13: HostFile = {
  libvirt: '11.3.0',
  networks: freshNetworks,
  storagePools: freshStoragePools,
  drmRenderNode: firstRenderNode,
  securityModels: ['apparmor', 'dac'],
  config: { bridgeHelperName: '/usr/lib/qemu/qemu-bridge-helper', prHelperName: '/usr/bin/qemu-pr-helper' },
  firmware: [
    {
      path: '/usr/share/qemu/firmware/40-edk2-aarch64-secure-enrolled.json',
      descriptor: {
        'interface-types': ['uefi'],
        mapping: {
          device: 'flash',
          executable: { filename: '/usr/share/AAVMF/AAVMF_CODE.ms.fd', format: 'raw' },
          'nvram-template': { filename: '/usr/share/AAVMF/AAVMF_VARS.ms.fd', format: 'raw' },
        },
        targets: [{ architecture: 'aarch64', machines: ['virt-*'] }],
        features: ['enrolled-keys', 'secure-boot', 'verbose-static'],
      },
    },
    {
      path: '/usr/share/qemu/firmware/40-edk2-x86_64-secure-enrolled.json',
      descriptor: {
        'interface-types': ['uefi'],
        mapping: {
          device: 'flash',
          executable: { filename: '/usr/share/OVMF/OVMF_CODE_4M.ms.fd', format: 'raw' },
          'nvram-template': { filename: '/usr/share/OVMF/OVMF_VARS_4M.ms.fd', format: 'raw' },
        },
        targets: [{ architecture: 'x86_64', machines: ['pc-q35-*'] }],
        features: ['acpi-s3', 'amd-sev', 'enrolled-keys', 'requires-smm', 'secure-boot', 'verbose-dynamic'],
      },
    },
    {
      path: '/usr/share/qemu/firmware/50-edk2-aarch64-secure.json',
      descriptor: {
        'interface-types': ['uefi'],
        mapping: {
          device: 'flash',
          executable: { filename: '/usr/share/AAVMF/AAVMF_CODE.secboot.fd', format: 'raw' },
          'nvram-template': { filename: '/usr/share/AAVMF/AAVMF_VARS.fd', format: 'raw' },
        },
        targets: [{ architecture: 'aarch64', machines: ['virt-*'] }],
        features: ['secure-boot', 'verbose-static'],
      },
    },
    {
      path: '/usr/share/qemu/firmware/50-edk2-x86_64-secure.json',
      descriptor: {
        'interface-types': ['uefi'],
        mapping: {
          device: 'flash',
          executable: { filename: '/usr/share/OVMF/OVMF_CODE_4M.secboot.fd', format: 'raw' },
          'nvram-template': { filename: '/usr/share/OVMF/OVMF_VARS_4M.fd', format: 'raw' },
        },
        targets: [{ architecture: 'x86_64', machines: ['pc-q35-*'] }],
        features: ['acpi-s3', 'amd-sev', 'requires-smm', 'secure-boot', 'verbose-dynamic'],
      },
    },
    {
      path: '/usr/share/qemu/firmware/60-edk2-aarch64.json',
      descriptor: {
        'interface-types': ['uefi'],
        mapping: {
          device: 'flash',
          executable: { filename: '/usr/share/AAVMF/AAVMF_CODE.no-secboot.fd', format: 'raw' },
          'nvram-template': { filename: '/usr/share/AAVMF/AAVMF_VARS.fd', format: 'raw' },
        },
        targets: [{ architecture: 'aarch64', machines: ['virt-*'] }],
        features: ['verbose-static'],
      },
    },
    {
      path: '/usr/share/qemu/firmware/60-edk2-arm.json',
      descriptor: {
        'interface-types': ['uefi'],
        mapping: {
          device: 'flash',
          executable: { filename: '/usr/share/AAVMF/AAVMF32_CODE.fd', format: 'raw' },
          'nvram-template': { filename: '/usr/share/AAVMF/AAVMF32_VARS.fd', format: 'raw' },
        },
        targets: [{ architecture: 'arm', machines: ['virt-*'] }],
        features: ['verbose-static'],
      },
    },
    {
      path: '/usr/share/qemu/firmware/60-edk2-loongarch64.json',
      descriptor: {
        'interface-types': ['uefi'],
        mapping: {
          device: 'flash',
          executable: { filename: '/usr/share/qemu-efi-loongarch64/QEMU_EFI.fd', format: 'raw' },
          'nvram-template': { filename: '/usr/share/qemu-efi-loongarch64/QEMU_VARS.fd', format: 'raw' },
        },
        targets: [{ architecture: 'loongarch64', machines: ['virt*'] }],
        features: [],
      },
    },
    {
      path: '/usr/share/qemu/firmware/60-edk2-riscv64.json',
      descriptor: {
        'interface-types': ['uefi'],
        mapping: {
          device: 'flash',
          executable: { filename: '/usr/share/qemu-efi-riscv64/RISCV_VIRT_CODE.fd', format: 'raw' },
          'nvram-template': { filename: '/usr/share/qemu-efi-riscv64/RISCV_VIRT_VARS.fd', format: 'raw' },
        },
        targets: [{ architecture: 'riscv64', machines: ['virt*'] }],
        features: [],
      },
    },
    {
      path: '/usr/share/qemu/firmware/60-edk2-x86_64.json',
      descriptor: {
        'interface-types': ['uefi'],
        mapping: {
          device: 'flash',
          executable: { filename: '/usr/share/OVMF/OVMF_CODE_4M.fd', format: 'raw' },
          'nvram-template': { filename: '/usr/share/OVMF/OVMF_VARS_4M.fd', format: 'raw' },
        },
        targets: [{ architecture: 'x86_64', machines: ['pc-i440fx-*', 'pc-q35-*'] }],
        features: ['acpi-s3', 'amd-sev', 'verbose-dynamic'],
      },
    },
  ],
  vhostUser: [
    {
      path: '/usr/share/qemu/vhost-user/50-qemu-gpu.json',
      descriptor: { type: 'gpu', binary: '/usr/lib/qemu/vhost-user-gpu', features: ['render-node', 'virgl'] },
    },
    {
      path: '/usr/share/qemu/vhost-user/50-virtiofsd.json',
      descriptor: { type: 'fs', binary: '/usr/libexec/virtiofsd' },
    },
  ],
}
