import { deviceProperty, type } from '../evidence.ts'
import { type Rows, row } from './row.ts'

/** USB and smart card controllers and devices. */
export const usb = {
  'ccid-emulated': row("smart card of the host (`<smartcard mode='host'>`)", type('ccid-card-emulated')),
  'ccid-passthru': row("smart card of a client (`<smartcard mode='passthrough'>`)", type('ccid-card-passthru')),
  'ich9-usb-ehci1': row("USB controller `model='ich9-ehci1'` and its companions", type('ich9-usb-ehci1')),
  'nec-usb-xhci': row("USB controller `model='nec-xhci'`", type('nec-usb-xhci')),
  'pci-ohci': row("USB controller `model='pci-ohci'`", type('pci-ohci')),
  'piix3-usb-uhci': row("USB controller `model='piix3-uhci'`", type('piix3-usb-uhci')),
  'piix4-usb-uhci': row("USB controller `model='piix4-uhci'`", type('piix4-usb-uhci')),
  'qemu-xhci': row("USB controller `model='qemu-xhci'`", type('qemu-xhci')),
  'usb-audio': row("sound device `model='usb'`", type('usb-audio')),
  'usb-bot': row("USB disk whose devices are SCSI (`model='usb-bot'`)", type('usb-bot'), { since: '11.5' }),
  'usb-ehci': row("USB controller `model='ehci'`", type('usb-ehci')),
  'usb-host.guest-resets-all': row(
    'whether a guest may reset a host USB device (`<source guestReset=>`)',
    deviceProperty('usb-host', 'guest-resets-all'),
  ),
  'usb-host.hostdevice': row('host USB device by the path of its node', deviceProperty('usb-host', 'hostdevice')),
  'usb-hub': row('USB hub', type('usb-hub')),
  'usb-kbd': row('USB keyboard', type('usb-kbd')),
  'usb-mtp': row("shared folder as a USB media device (`<driver type='mtp'/>`)", type('usb-mtp'), { since: '10.2' }),
  'usb-redir': row('USB device of a client (`<redirdev>`)', type('usb-redir')),
  'usb-redir.filter': row('filter of redirected USB devices (`<redirfilter>`)', deviceProperty('usb-redir', 'filter')),
  'usb-serial': row("serial port `<target type='usb-serial'>`", type('usb-serial')),
  'usb-storage': row("USB disk (`<target bus='usb'>`)", type('usb-storage')),
  'vt82c686b-usb-uhci': row("USB controller `model='vt82c686b-uhci'`", type('vt82c686b-usb-uhci')),
} satisfies Rows
