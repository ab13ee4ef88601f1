import { any, command, deviceProperty, option, schema, type } from '../evidence.ts'
import { type Rows, row } from './row.ts'

/** Video devices and graphics. */
export const display = {
  VGA: row("video device `model type='vga'`", type('VGA')),
  'VGA.vgamem_mb': row('video memory of `vga`', deviceProperty('VGA', 'vgamem_mb')),
  'bochs-display': row("video device `model type='bochs'`", type('bochs-display')),
  'cirrus-vga': row("video device `model type='cirrus'`", type('cirrus-vga')),
  'display-dbus': row(
    "display over D-Bus (`<graphics type='dbus'>`)",
    schema('query-display-options/returns/type/=dbus'),
  ),
  'egl-headless': row(
    "display rendered without a window (`<graphics type='egl-headless'>`)",
    schema('query-display-options/returns/type/=egl-headless'),
  ),
  'egl-headless.rendernode': row(
    'DRM render node of `egl-headless`',
    schema('query-display-options/returns/[egl-headless]/rendernode'),
  ),
  qxl: row("video device `model type='qxl'`", type('qxl')),
  'qxl.vgamem_mb': row('frame buffer memory of `qxl` (`vgamem`)', deviceProperty('qxl', 'vgamem_mb')),
  'qxl.vram64_size_mb': row('64-bit video memory of `qxl` (`vram64`)', deviceProperty('qxl', 'vram64_size_mb')),
  ramfb: row("video device `model type='ramfb'`, `<hostdev ramfb=>`", type('ramfb')),
  sdl: row("display in a window (`<graphics type='sdl'>`)", schema('query-display-options/returns/type/=sdl')),
  spice: row("SPICE server (`<graphics type='spice'>`)", command('query-spice')),
  'spice-gl': row('SPICE with OpenGL (`<gl enable=>`)', option('spice', 'gl')),
  'spice-rendernode': row('DRM render node of SPICE (`<gl rendernode=>`)', option('spice', 'rendernode')),
  'vhost-user-gpu': row("video device of another process (`<driver name='vhostuser'>`)", type('vhost-user-gpu')),
  'vhost-user-vga': row(
    "primary video device of another process (`<driver name='vhostuser'>`)",
    type('vhost-user-vga'),
  ),
  'virtio-gpu': row('virtio video device', type('virtio-gpu-device')),
  'virtio-gpu-ccw': row('virtio video device on the CCW bus', type('virtio-gpu-ccw')),
  'virtio-gpu-gl-pci': row('virtio video device with 3D as a device of its own', type('virtio-gpu-gl-pci')),
  'virtio-gpu.blob': row(
    'blob resources of a virtio video device (`<model blob=>`)',
    any(deviceProperty('virtio-gpu-pci', 'blob'), deviceProperty('virtio-gpu-device', 'blob')),
  ),
  'virtio-gpu.virgl': row('3D as a property of the virtio video device', deviceProperty('virtio-gpu-pci', 'virgl')),
  'virtio-vga': row('virtio video device with VGA', type('virtio-vga')),
  'virtio-vga-gl': row('virtio video device with VGA and 3D as a device of its own', type('virtio-vga-gl')),
  'vmware-svga': row("video device `model type='vmvga'`", type('vmware-svga')),
  'vmware-svga.vgamem_mb': row('video memory of `vmvga`', deviceProperty('vmware-svga', 'vgamem_mb')),
  vnc: row("VNC server (`<graphics type='vnc'>`)", command('query-vnc')),
  'vnc-power-control': row('power control by VNC clients (`powerControl`)', option('vnc', 'power-control')),
} satisfies Rows
