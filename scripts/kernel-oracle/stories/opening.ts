import type { Operation } from '../../../tests/vfio/operation.ts'
import { cast } from '../cast.ts'
import { bare, close, move, named, open, toHost, tokenA, tokenB, unbind } from '../steps.ts'

const { plain, absent } = cast

/** Opening a function that is neither PF nor VF, by all sorts of names. */
export const plainOpens: Operation[] = [
  open('one', absent),
  open('one', plain),
  bare('one', plain),
  ...move(plain, undefined, 'pci-stub'),
  open('one', plain),
  unbind(plain, 'pci-stub'),
  ...move(plain, undefined, 'vfio-pci'),
  open('one', plain, tokenA),
  open('one', plain),
  open('one', plain),
  open('one', plain, tokenA),
  open('two', plain),
  open('two', plain, tokenA),
  close('one', plain),
  open('two', plain),
  close('one', plain),
  close('one', plain),
  open('two', plain),
  close('two', plain),
  bare('one', plain),
  bare('one', plain, tokenA),
  named('one', plain, absent),
  named('one', plain, ''),
  ...toHost(plain, undefined),
]

const longName = (length: number) => `${plain} `.padEnd(length, ' ')

export const names: Operation[] = [
  ...move(plain, undefined, 'vfio-pci'),
  ...[
    `${plain}x`,
    `${plain},vf_token=${tokenA}`,
    `x${plain}`,
    plain.slice(0, -1),
    plain.slice(5),
    ` ${plain}`,
    `${plain}\t`,
    `${plain} `,
    `${plain}    `,
    `${plain} x`,
    `${plain} vf_token`,
    `${plain} VF_TOKEN=${tokenA}`,
    `${plain} vf_token=`,
    `${plain} vf_token=${tokenA.slice(0, 35)}`,
    `${plain} vf_token=${tokenA.replaceAll('-', '')}`,
    `${plain} vf_token=${tokenA.replaceAll('-', '0')}`,
    `${plain} vf_token={${tokenA}}`,
    `${plain} vf_token=${tokenA.replace('6', 'g')}`,
    `${plain} vf_token=${tokenA.toUpperCase()}`,
    `${plain} vf_token=${tokenA} `,
    `${plain} vf_token=${tokenA}x`,
    `${plain}   vf_token=${tokenA}`,
    `${plain} vf_token=${tokenA} vf_token=${tokenA}`,
    `${plain} vf_token=${tokenA}vf_token=${tokenB}`,
    `${plain} vf_token=${tokenA} vf_token=${tokenB} x`,
    `${plain} vf_token=${tokenA} vf_token=`,
    `${plain} vf_token=${tokenA} x`,
    longName(4000),
    longName(4094),
    longName(4095),
    longName(4096),
    longName(4097),
    longName(5000),
  ].flatMap((name): Operation[] => [named('one', plain, name), close('one', plain)]),
  ...toHost(plain, undefined),
]
