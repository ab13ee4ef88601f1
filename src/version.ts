/** This package's version; equal to package.json's, which a test checks. */
export const version = '0.1.0'

/** The libvirt whose behaviour is reproduced. */
export const libvirtVersion = '10.1'
