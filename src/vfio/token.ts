/** Characters of a UUID in its one written form. */
export const uuidLength = 36

const kernelUuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/**
 * A UUID as the kernel's `uuid_parse` reads it: hyphens in their places, hex digits of any case, no version or
 * variant asked for. Gives the lower-case form, or undefined.
 */
export function readKernelUuid(text: string): string | undefined {
  return kernelUuid.test(text) ? text.toLowerCase() : undefined
}

/** What stands in print wherever a token would. */
export const redactedToken = '***'
