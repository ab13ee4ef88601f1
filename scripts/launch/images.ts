import { execFileSync } from 'node:child_process'
import { closeSync, existsSync, ftruncateSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { readXml } from '../../src/xml/read.ts'
import { attributeOf, elementsOf, textOf, type XmlElement } from '../../src/xml/tree.ts'

const raw = 1 << 20
const ownFormats = ['qcow2', 'vmdk', 'qed', 'vdi', 'vpc']

/** Makes what a domain reads from the host, small and empty: images of disks, kernels, folders, block devices. */
export function makeImages(source: string): { undo: () => void } {
  const loops: string[] = []
  const { root } = readXml(source)
  if (root === undefined) return { undo: () => undefined }
  for (const element of all(root)) {
    if (element.local === 'disk') makeDisk(element, loops)
    else if (['kernel', 'initrd', 'dtb'].includes(element.local)) makeFile(textOf(element).trim())
    else if (element.local === 'filesystem') makeFolder(attribute(child(element, 'source'), 'dir'))
  }
  return { undo: () => loops.forEach((device) => void execFileSync('losetup', ['-d', device])) }
}

function* all(element: XmlElement): Generator<XmlElement> {
  yield element
  for (const inner of elementsOf(element)) yield* all(inner)
}

const child = (element: XmlElement, name: string) => elementsOf(element).find((it) => it.local === name)
const attribute = (element: XmlElement | undefined, name: string) => element && attributeOf(element, name)?.value

function makeDisk(disk: XmlElement, loops: string[]): void {
  const format = attribute(child(disk, 'driver'), 'type') ?? 'raw'
  for (const source of all(disk)) {
    if (source.local !== 'source') continue
    makeFile(attribute(source, 'file'), format)
    makeFolder(attribute(source, 'dir'))
    makeDevice(attribute(source, 'dev'), loops)
  }
}

function makeFile(path: string | undefined, format = 'raw'): void {
  if (!path?.startsWith('/') || /^\/(dev|proc|sys)\//.test(path) || existsSync(path)) return
  mkdirSync(dirname(path), { recursive: true })
  if (ownFormats.includes(format)) execFileSync('qemu-img', ['create', '-q', '-f', format, path, '1M'])
  else {
    const file = openSync(path, 'w')
    ftruncateSync(file, raw)
    closeSync(file)
  }
}

function makeFolder(path: string | undefined): void {
  if (path?.startsWith('/')) mkdirSync(path, { recursive: true })
}

/** A block device of its own, by way of a loop over a file. */
function makeDevice(path: string | undefined, loops: string[]): void {
  if (!path?.startsWith('/dev/') || existsSync(path)) return
  const image = `/var/tmp/loop-${loops.length}-${process.pid}.img`
  makeFile(image)
  try {
    const device = execFileSync('losetup', ['-f', '--show', image], { encoding: 'utf8' }).trim()
    loops.push(device)
    mkdirSync(dirname(path), { recursive: true })
    execFileSync('ln', ['-sf', device, path])
  } catch {
    // No loop devices here: the run says that the disk is missing.
  }
}
