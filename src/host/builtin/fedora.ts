import type { HostFile } from '../file.ts'
import { firstRenderNode, freshNetworks, freshStoragePools } from './fresh.ts'

/** Fedora with libvirt and QEMU from its packages (source: libvirt-daemon-config-network, edk2-*, qemu-common). */
export const fedora: HostFile = {
  networks: freshNetworks,
  storagePools: freshStoragePools,
  drmRenderNode: firstRenderNode,
  securityModels: ['selinux', 'dac'],
  config: { bridgeHelperName: '/usr/libexec/qemu-bridge-helper', prHelperName: '/usr/bin/qemu-pr-helper' },
  firmware: [
    {
      path: '/usr/share/qemu/firmware/30-edk2-ovmf-4m-qcow2-x64-sb-enrolled.json',
      descriptor: {
        'interface-types': ['uefi'],
        mapping: {
          device: 'flash',
          mode: 'split',
          executable: { filename: '/usr/share/edk2/ovmf/OVMF_CODE_4M.secboot.qcow2', format: 'qcow2' },
          'nvram-template': { filename: '/usr/share/edk2/ovmf/OVMF_VARS_4M.secboot.qcow2', format: 'qcow2' },
        },
        targets: [{ architecture: 'x86_64', machines: ['pc-q35-*'] }],
        features: ['acpi-s3', 'enrolled-keys', 'requires-smm', 'secure-boot', 'verbose-dynamic'],
      },
    },
    {
      path: '/usr/share/qemu/firmware/31-edk2-ovmf-2m-raw-x64-sb-enrolled.json',
      descriptor: {
        'interface-types': ['uefi'],
        mapping: {
          device: 'flash',
          mode: 'split',
          executable: { filename: '/usr/share/edk2/ovmf/OVMF_CODE.secboot.fd', format: 'raw' },
          'nvram-template': { filename: '/usr/share/edk2/ovmf/OVMF_VARS.secboot.fd', format: 'raw' },
        },
        targets: [{ architecture: 'x86_64', machines: ['pc-q35-*'] }],
        features: ['acpi-s3', 'enrolled-keys', 'requires-smm', 'secure-boot', 'verbose-dynamic'],
      },
    },
    {
      path: '/usr/share/qemu/firmware/40-edk2-ovmf-4m-qcow2-x64-sb.json',
      descriptor: {
        'interface-types': ['uefi'],
        mapping: {
          device: 'flash',
          mode: 'split',
          executable: { filename: '/usr/share/edk2/ovmf/OVMF_CODE_4M.secboot.qcow2', format: 'qcow2' },
          'nvram-template': { filename: '/usr/share/edk2/ovmf/OVMF_VARS_4M.qcow2', format: 'qcow2' },
        },
        targets: [{ architecture: 'x86_64', machines: ['pc-q35-*'] }],
        features: ['acpi-s3', 'requires-smm', 'secure-boot', 'verbose-dynamic'],
      },
    },
    {
      path: '/usr/share/qemu/firmware/41-edk2-ovmf-2m-raw-x64-sb.json',
      descriptor: {
        'interface-types': ['uefi'],
        mapping: {
          device: 'flash',
          mode: 'split',
          executable: { filename: '/usr/share/edk2/ovmf/OVMF_CODE.secboot.fd', format: 'raw' },
          'nvram-template': { filename: '/usr/share/edk2/ovmf/OVMF_VARS.fd', format: 'raw' },
        },
        targets: [{ architecture: 'x86_64', machines: ['pc-q35-*'] }],
        features: ['acpi-s3', 'requires-smm', 'secure-boot', 'verbose-dynamic'],
      },
    },
    {
      path: '/usr/share/qemu/firmware/50-edk2-aarch64-qcow2.json',
      descriptor: {
        'interface-types': ['uefi'],
        mapping: {
          device: 'flash',
          mode: 'split',
          executable: { filename: '/usr/share/edk2/aarch64/QEMU_EFI-silent-pflash.qcow2', format: 'qcow2' },
          'nvram-template': { filename: '/usr/share/edk2/aarch64/vars-template-pflash.qcow2', format: 'qcow2' },
        },
        targets: [{ architecture: 'aarch64', machines: ['virt-*'] }],
        features: [],
      },
    },
    {
      path: '/usr/share/qemu/firmware/50-edk2-loongarch64.json',
      descriptor: {
        'interface-types': ['uefi'],
        mapping: {
          device: 'flash',
          mode: 'split',
          executable: { filename: '/usr/share/edk2/loongarch64/QEMU_EFI.fd', format: 'raw' },
          'nvram-template': { filename: '/usr/share/edk2/loongarch64/QEMU_VARS.fd', format: 'raw' },
        },
        targets: [{ architecture: 'loongarch64', machines: ['virt', 'virt-*'] }],
        features: [],
      },
    },
    {
      path: '/usr/share/qemu/firmware/50-edk2-ovmf-4m-qcow2-x64-nosb.json',
      descriptor: {
        'interface-types': ['uefi'],
        mapping: {
          device: 'flash',
          mode: 'split',
          executable: { filename: '/usr/share/edk2/ovmf/OVMF_CODE_4M.qcow2', format: 'qcow2' },
          'nvram-template': { filename: '/usr/share/edk2/ovmf/OVMF_VARS_4M.qcow2', format: 'qcow2' },
        },
        targets: [{ architecture: 'x86_64', machines: ['pc-i440fx-*', 'pc-q35-*'] }],
        features: ['acpi-s3', 'amd-sev', 'amd-sev-es', 'verbose-dynamic'],
      },
    },
    {
      path: '/usr/share/qemu/firmware/50-edk2-ovmf-x64-microvm.json',
      descriptor: {
        'interface-types': ['uefi'],
        mapping: { device: 'memory', filename: '/usr/share/edk2/ovmf/MICROVM.fd' },
        targets: [{ architecture: 'x86_64', machines: ['microvm'] }],
        features: [],
      },
    },
    {
      path: '/usr/share/qemu/firmware/50-edk2-riscv-qcow2.json',
      descriptor: {
        'interface-types': ['uefi'],
        mapping: {
          device: 'flash',
          mode: 'split',
          executable: { filename: '/usr/share/edk2/riscv/RISCV_VIRT_CODE.qcow2', format: 'qcow2' },
          'nvram-template': { filename: '/usr/share/edk2/riscv/RISCV_VIRT_VARS.qcow2', format: 'qcow2' },
        },
        targets: [{ architecture: 'riscv64', machines: ['virt', 'virt-*'] }],
        features: [],
      },
    },
    {
      path: '/usr/share/qemu/firmware/51-edk2-aarch64-raw.json',
      descriptor: {
        'interface-types': ['uefi'],
        mapping: {
          device: 'flash',
          mode: 'split',
          executable: { filename: '/usr/share/edk2/aarch64/QEMU_EFI-silent-pflash.raw', format: 'raw' },
          'nvram-template': { filename: '/usr/share/edk2/aarch64/vars-template-pflash.raw', format: 'raw' },
        },
        targets: [{ architecture: 'aarch64', machines: ['virt-*'] }],
        features: [],
      },
    },
    {
      path: '/usr/share/qemu/firmware/51-edk2-ovmf-2m-raw-x64-nosb.json',
      descriptor: {
        'interface-types': ['uefi'],
        mapping: {
          device: 'flash',
          mode: 'split',
          executable: { filename: '/usr/share/edk2/ovmf/OVMF_CODE.fd', format: 'raw' },
          'nvram-template': { filename: '/usr/share/edk2/ovmf/OVMF_VARS.fd', format: 'raw' },
        },
        targets: [{ architecture: 'x86_64', machines: ['pc-i440fx-*', 'pc-q35-*'] }],
        features: ['acpi-s3', 'amd-sev', 'amd-sev-es', 'verbose-dynamic'],
      },
    },
    {
      path: '/usr/share/qemu/firmware/52-edk2-aarch64-verbose-qcow2.json',
      descriptor: {
        'interface-types': ['uefi'],
        mapping: {
          device: 'flash',
          mode: 'split',
          executable: { filename: '/usr/share/edk2/aarch64/QEMU_EFI-pflash.qcow2', format: 'qcow2' },
          'nvram-template': { filename: '/usr/share/edk2/aarch64/vars-template-pflash.qcow2', format: 'qcow2' },
        },
        targets: [{ architecture: 'aarch64', machines: ['virt-*'] }],
        features: ['verbose-static'],
      },
    },
    {
      path: '/usr/share/qemu/firmware/53-edk2-aarch64-verbose-raw.json',
      descriptor: {
        'interface-types': ['uefi'],
        mapping: {
          device: 'flash',
          mode: 'split',
          executable: { filename: '/usr/share/edk2/aarch64/QEMU_EFI-pflash.raw', format: 'raw' },
          'nvram-template': { filename: '/usr/share/edk2/aarch64/vars-template-pflash.raw', format: 'raw' },
        },
        targets: [{ architecture: 'aarch64', machines: ['virt-*'] }],
        features: ['verbose-static'],
      },
    },
    {
      path: '/usr/share/qemu/firmware/60-edk2-ovmf-x64-amdsev.json',
      descriptor: {
        'interface-types': ['uefi'],
        mapping: {
          device: 'flash',
          mode: 'stateless',
          executable: { filename: '/usr/share/edk2/ovmf/OVMF.amdsev.fd', format: 'raw' },
        },
        targets: [{ architecture: 'x86_64', machines: ['pc-q35-*'] }],
        features: ['amd-sev', 'amd-sev-es', 'amd-sev-snp', 'verbose-dynamic'],
      },
    },
    {
      path: '/usr/share/qemu/firmware/60-edk2-ovmf-x64-inteltdx.json',
      descriptor: {
        'interface-types': ['uefi'],
        mapping: { device: 'memory', filename: '/usr/share/edk2/ovmf/OVMF.inteltdx.secboot.fd' },
        targets: [{ architecture: 'x86_64', machines: ['pc-q35-*'] }],
        features: ['enrolled-keys', 'intel-tdx', 'secure-boot', 'verbose-dynamic'],
      },
    },
  ],
}
