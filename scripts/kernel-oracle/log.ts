/**
 * Lines of no concern: what drivers of the host and the PCI core say of functions that come and go. Everything else is
 * recorded, so that a line that nobody has thought of shows.
 */
const noise = [
  /^(igb|igbvf|e1000) [0-9a-f:.]+( \w+)?: (?!.*(VFs already enabled|SR-IOV|probe))/,
  /^igbvf: /,
  /^pci [0-9a-f:.]+: (\[|BAR|VF BAR|reg |enabling Extended Tags|Adding to iommu group|Removing from iommu group|DMAR|PME#|ROM )/,
  /^pci [0-9a-f:.]+: Enabling extended|^pci_bus /,
  /^vfio-pci [0-9a-f:.]+: (enabling device|resetting|reset done|BAR|vgaarb|vfio_bar_restore|Masking broken)/,
  /^pci-(pf-)?stub [0-9a-f:.]+: claimed/,
  /^pci-pf-stub [0-9a-f:.]+: (claimed|enabling)/,
  /^(random|clocksource|hrtimer|perf|workqueue|IPv6|systemd|rcu|sched|input|PM|Freeing|DMAR|audit|net )/,
  // On a busy host; a kernel without a table of names tells the address.
  /(quirk_\w+.*|: 0x[0-9a-f]+) took \d+ usecs/,
  // Said again after a hundred seconds: how long the script took is no rule.
  /Relaying device request to user \(#[1-9]/,
  /renamed from|^(eth|enp)\w*: /,
]

export const keptLines = (log: readonly string[]): string[] =>
  log.filter((line) => !noise.some((pattern) => pattern.test(line)))
