import { ERRNO } from '../../engine/abi/errno.ts'
import { SIGNAL } from '../../engine/abi/signal.ts'
import { linuxByNumber } from '../../engine/syscall/linux.ts'
import { preview1ByNumber } from '../../engine/syscall/preview1.ts'
import type { Arg, Row } from '../../engine/syscall/row.ts'

/**
 * How a tracer in C shows an argument, as a letter: `d` and `i` signed, `u` unsigned, `S` a signal, `t` a string that ends
 * with NUL, `T` a list of such, `P` a path and `B` bytes whose length is the next argument, `V` a vector of bytes to be
 * written, whose count is the next one. What the call writes: `b` as many bytes as it returns, `v` a vector of which it
 * fills as many as the argument after the next points to. All else is `x`.
 */
const letterOf = ({ show, as }: Arg): string => {
  switch (show.kind) {
    case 'fd': return 'd'
    case 'size': case 'u64': case 'exitcode': return 'u'
    case 'offset': return 'i'
    case 'u32': return show.word === undefined ? 'u' : show.word === 'int' || show.word === 'pid' ? 'i' : 'x'
    case 'enum': return show.xlat === 'linux_signal' || show.xlat === 'signal' ? 'S' : as === 'i32' ? 'i' : 'u'
    case 'pointer':
      if (show.struct?.of === 'string') return 't'
      if (show.struct?.of === 'strings') return 'T'
      if (show.of === 'path' && show.dir === 'in') return 'P'
      if (show.of === 'ciovec') return 'V'
      if (show.of === 'iovec' && show.dir === 'in') return 'v'
      if (show.of === 'bytes' && show.count !== undefined) return show.dir === 'in' ? 'B' : show.result === true ? 'b' : 'x'
      return 'x'
    default: return 'x'
  }
}

const line = ({ nr, name, args, returns }: Row): string => `    {${nr}, "${name}", "${args.map(letterOf).join('')}", ${returns}},`

const table = (name: string, rows: Iterable<Row>): readonly string[] => [`static const struct call ${name}[] = {`, ...[...rows].map(line), '};']

const names = (name: string, numbers: Readonly<Record<string, number>>): readonly string[] => {
  const first = new Map<number, string>()
  for (const [one, number] of Object.entries(numbers)) if (!first.has(number)) first.set(number, one)
  return [`static const char *const ${name}[] = {`, ...[...first].filter(([number]) => number >= 0).map(([number, one]) => `    [${number}] = "${one}",`), '};']
}

/** A header with the calls of both tables, the errnos and the signals, as the engine has them: call-names.h. */
export const callNames = (): string => [
  '/* Made of the engine\'s tables by call-names.ts. */',
  'struct call {',
  '  int nr;',
  '  const char *name, *args; /* a letter per argument: call-names.ts */',
  '  bool returns;',
  '};',
  ...table('preview1_calls', preview1ByNumber),
  ...table('linux_calls', linuxByNumber.values()),
  ...names('errno_names', ERRNO),
  ...names('signal_names', SIGNAL),
  '',
].join('\n')
