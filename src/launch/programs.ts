/** Folders, after those of PATH, in which helpers that nobody calls by hand are installed. */
export const helperFolders: readonly string[] = [
  '/usr/libexec',
  '/usr/lib/qemu',
  '/usr/libexec/qemu',
  '/usr/local/libexec',
  '/usr/local/sbin',
  '/usr/sbin',
  '/sbin',
]
