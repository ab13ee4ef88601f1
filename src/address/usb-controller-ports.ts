/** How many ports a USB controller has where `ports` does not say. Source: QEMU's device properties (NB_PORTS, p2, num-ports). */
export const USB_CONTROLLER_PORTS: Readonly<Record<string, number>> = {
  'piix3-uhci': 2,
  'piix4-uhci': 2,
  'vt82c686b-uhci': 2,
  ehci: 6,
  'ich9-ehci1': 6,
  'pci-ohci': 3,
  'nec-xhci': 4,
  'qemu-xhci': 4,
}
