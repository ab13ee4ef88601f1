import type { From } from '../../argv/piece.ts'
import type { Context } from '../../context/context.ts'
import type { SourceByType } from '../../fragments/storage-source/element.ts'
import type { MetadataCache } from '../../fragments/storage-source/format.ts'
import type { Auth, Encryption } from '../../fragments/storage-source/secret.ts'
import { fdGroupOf } from '../../host/host.ts'
import { dated } from '../../release/dated.ts'

/** What a `<driver>` says about how an image is opened. */
export interface ImageDriver {
  readonly io?: string | undefined
  readonly discard?: string | undefined
  readonly detect_zeroes?: string | undefined
  readonly discard_no_unref?: boolean | undefined
  readonly metadata_cache?: MetadataCache | undefined
}

export type CacheMode = 'none' | 'writethrough' | 'writeback' | 'directsync' | 'unsafe'

/** How the host's page cache is used, where it is not left to QEMU. */
export interface ImageCache {
  readonly mode: CacheMode
  readonly from: From
}

/** One image of a chain and how QEMU opens it: what the storage and format layers are made of. */
export interface Image {
  /** Its nodes are called after it: `libvirt-3` has `libvirt-3-storage` and `libvirt-3-format`. */
  readonly prefix: string
  /** The alias of the device that the image belongs to. */
  readonly alias: string
  /** The element that says type and source. */
  readonly located: SourceByType
  readonly format: { readonly value: string; readonly from: From }
  readonly readOnly: { readonly value: boolean; readonly from: From }
  readonly driver: ImageDriver | undefined
  readonly cache: ImageCache | undefined
  /** Only the topmost image of a disk is told how to treat written zeroes. */
  readonly top: boolean
  /** A FAT directory is shown as a floppy. */
  readonly floppy: boolean
  readonly auth: Auth | undefined
  readonly encryption: Encryption | undefined
  readonly metadataCache: MetadataCache | undefined
  /** Where the data of a qcow2 image are, where not in the image. */
  readonly dataStore?: Image | undefined
  /** Which raw images do without a format layer. */
  readonly mayBeBare: Bareness
  /** Whether the one descriptor that it is opened by is writable; undefined where it has none, or nobody says. */
  readonly writableDescriptor: boolean | undefined
}

export type Bareness = 'any' | 'slice' | 'none'

/** Where QEMU's block jobs do not hide the driver of the storage: older libvirts knew no better. */
const otherwise = dated<Bareness>('slice', ['11.3', 'none'])

/** Raw images that may do without a format layer: any where this QEMU's block jobs hide the storage's own driver. */
export const mayBeBare = ({ capabilities, plan }: Context): Bareness =>
  capabilities.has('blockjob.backing-mask-protocol') ? 'any' : plan.at(otherwise)

export const storageNode = (image: Image): string => `${image.prefix}-storage`
export const formatNode = (image: Image): string => `${image.prefix}-format`
export const sliceNode = (image: Image): string => `${image.prefix}-slice-sto`

/** The part of the storage that is used, where it is not all. */
export function sliceOf({ located }: Image) {
  return located.source?.slices?.slice.find((it) => it.type === 'storage')
}

/** A raw image that is a part of its storage needs no format layer: the part is the image. */
export function isBareSlice(image: Image): boolean {
  if (image.mayBeBare === 'none' || image.format.value !== 'raw') return false
  return sliceOf(image) !== undefined && !isEncrypted(image)
}

/**
 * A raw image that is its storage, byte for byte: no format layer. Storage that is a folder is read through one, and so is
 * one whose descriptor is writable though the image is not.
 */
export function isBareStorage(image: Image): boolean {
  const { format, located, readOnly } = image
  if (image.mayBeBare !== 'any' || format.value !== 'raw' || located.type === 'dir' || isEncrypted(image)) return false
  return sliceOf(image) === undefined && !(image.writableDescriptor === true && readOnly.value)
}

/**
 * Encrypted in its own format: QEMU's block layer decrypts, not the storage's client. A format that can do without is
 * read as plain where no passphrase is given. Source: libvirt 11.3 and 12.8 asked.
 */
export function isEncrypted({ encryption, format }: Image): boolean {
  if (encryption === undefined || encryption.engine === 'librbd') return false
  return encryption.secret.length > 0 || format.value === 'raw'
}

/** The node that a disk or an overlay refers to. */
export function topNode(image: Image): string {
  if (isBareSlice(image)) return sliceNode(image)
  return isBareStorage(image) ? storageNode(image) : formatNode(image)
}

/** Whether the one descriptor of a source can be written, where the host says so of its group. */
export function writableDescriptor({ type, source }: SourceByType, { host }: Context): boolean | undefined {
  if (type !== 'file' || source?.fdgroup === undefined || fdGroupOf(host, source.fdgroup)?.length !== 1)
    return undefined
  return host.writableFdGroups?.includes(source.fdgroup)
}
