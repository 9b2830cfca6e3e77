import {
  ADVICE, CLOCKID, EVENTRWFLAG, EVENTTYPE, FDFLAG, FILETYPE, FSTFLAG, LOOKUPFLAG, OFLAG, PREOPENTYPE, RIFLAG,
  RIGHT, ROFLAG, SDFLAG, SUBCLOCKFLAG, WASI_SIGNAL, WHENCE,
} from './wasi.ts'

/** A number and what the decoder prints for it. */
export interface Named {
  readonly name: string
  readonly value: number
}

const list = (numbers: Readonly<Record<string, number>>): readonly Named[] =>
  Object.entries(numbers).map(([name, value]) => ({ name, value }))

/** The clocks as the witx has them: in the trace a clock reads as a word, not as a constant. */
const lower = (numbers: Readonly<Record<string, number>>): readonly Named[] =>
  Object.entries(numbers).map(([name, value]) => ({ name: name.toLowerCase(), value }))

/** The lists that a row's `xlat` names, spelt as in the witx; flags and constants in capitals. */
export const XLAT: Readonly<Record<string, readonly Named[]>> = {
  advice: list(ADVICE),
  clockid: lower(CLOCKID),
  eventrwflags: list(EVENTRWFLAG),
  eventtype: list(EVENTTYPE),
  fdflags: list(FDFLAG),
  filetype: list(FILETYPE),
  fstflags: list(FSTFLAG),
  lookupflags: list(LOOKUPFLAG),
  oflags: list(OFLAG),
  preopentype: list(PREOPENTYPE),
  riflags: list(RIFLAG),
  rights: list(RIGHT),
  roflags: list(ROFLAG),
  sdflags: list(SDFLAG),
  siflags: [],
  signal: Object.entries(WASI_SIGNAL).map(([name, value]) => ({ name: `SIG${name}`, value })),
  subclockflags: list(SUBCLOCKFLAG),
  whence: list(WHENCE),
}
