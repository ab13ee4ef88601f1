/** The error numbers that the kernel answers with here, and the words `strerror` has for them. */
export const errnoText = {
  EACCES: 'Permission denied',
  EAGAIN: 'Resource temporarily unavailable',
  EBADF: 'Bad file descriptor',
  EBUSY: 'Device or resource busy',
  EINVAL: 'Invalid argument',
  ENODEV: 'No such device',
  ENOENT: 'No such file or directory',
  ENOTTY: 'Inappropriate ioctl for device',
  EPERM: 'Operation not permitted',
  ERANGE: 'Numerical result out of range',
} as const

export type Errno = keyof typeof errnoText
