/** More CPUs have numbers that interrupts reach only through an IOMMU that remaps them (QEMU: intel-iommu, eim). */
export const mostWithoutRemapping = 255
