import { XLAT } from '../abi/xlat.ts'
import type { Preview1Name } from '../syscall/preview1.ts'
import type { DecodedCall } from './call.ts'
import { LINUX_PHRASES } from './linux-phrase.ts'
import { arg, asks, big, fd, phrase, text, type Phrase } from './phrase-part.ts'
import { durationText, plural } from './text.ts'
import type { Value } from './value.ts'

const IRREGULAR: Readonly<Record<string, string>> = {
  write: 'wrote',
  read: 'read',
  get: 'got',
  tell: 'told',
  set: 'set',
  send: 'sent',
  put: 'put',
  make: 'made',
  let: 'let',
  shut: 'shut',
  run: 'ran',
  sleep: 'slept',
  choose: 'chose',
  leave: 'left',
  begin: 'began',
  copy: 'copied',
  wake: 'woke',
}

/** The simple past of a verb that this file uses: `ask` → `asked`, `remove` → `removed`. */
export const past = (verb: string): string => {
  const [first = '', ...rest] = verb.split(' ')
  return [IRREGULAR[first] ?? (first.endsWith('e') ? `${first}d` : `${first}ed`), ...rest].join(' ')
}

const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']
const buffers = (count: number): string => `${words[count] ?? count} buffer${count === 1 ? '' : 's'}`

/** Bytes and buffers of a vector argument. */
const vector = (call: DecodedCall, name: string): { readonly bytes: number | undefined; readonly buffers: string } => {
  const value: Value = arg(call, name)?.value ?? 0
  const parts = Array.isArray(value) ? (value as readonly { readonly buf_len: number }[]) : undefined
  return {
    bytes: parts?.reduce((sum, { buf_len }) => sum + buf_len, 0),
    buffers: buffers(parts?.length ?? Number(big(call, `${name}_len`))),
  }
}

/** How many bytes were moved, once that is known. */
const moved = (call: DecodedCall, name: string): number | undefined => {
  const out = arg(call, name)?.out
  return typeof out === 'number' ? out : undefined
}

const writes = (call: DecodedCall, iovs: string, done: string, verb = 'write', where = ''): Phrase => {
  const { bytes, buffers: from } = vector(call, iovs)
  const wrote = moved(call, done)
  const count =
    bytes === undefined
      ? 'bytes'
      : wrote !== undefined && wrote !== bytes
        ? `${wrote} of ${plural(bytes, 'byte')}`
        : plural(bytes, 'byte')
  return phrase(
    verb,
    `${count} from ${from} to ${fd(call)}${where}`,
    `nothing was ${verb === 'send' ? 'sent' : 'written'}`,
  )
}

const reads = (call: DecodedCall, iovs: string, done: string, verb = 'read', where = ''): Phrase => {
  const { bytes, buffers: into } = vector(call, iovs)
  const got = moved(call, done)
  const count =
    got === 0
      ? 'nothing (the end)'
      : got !== undefined
        ? plural(got, 'byte')
        : bytes === undefined
          ? 'bytes'
          : `up to ${plural(bytes, 'byte')}`
  return phrase(
    verb,
    `${count} into ${into} from ${fd(call)}${where}`,
    `nothing was ${verb === 'receive' ? 'received' : 'read'}`,
  )
}

const at = (call: DecodedCall): string => ` at offset ${text(call, 'offset')}`

const below = (call: DecodedCall, path = 'path', name = 'fd'): string => `${text(call, path)} below ${fd(call, name)}`

const whence: Readonly<Record<string, string>> = { SET: 'the beginning', CUR: 'where it is', END: 'the end' }

/** Sleeps and waits, by what poll_oneoff subscribes to. */
const waits = (call: DecodedCall): Phrase => {
  const value: Value = arg(call, 'in')?.value ?? 0
  const undone = 'there was no waiting'
  if (!Array.isArray(value)) return phrase('wait', `for one of ${plural(big(call, 'nsubscriptions'), 'event')}`, undone)
  const parts = (value as readonly { readonly [field: string]: number | bigint }[]).map((one) =>
    one.tag !== 0
      ? `fd ${one.fd} to be ${one.tag === 1 ? 'readable' : 'writable'}`
      : Number(one.flags) & 1
        ? `a point in time of the ${clock(Number(one.id))} clock`
        : durationText(BigInt(one.timeout ?? 0)),
  )
  const more = parts.length > 4 ? ` or ${parts.length - 4} more` : ''
  return phrase(
    'wait',
    `for ${parts.length === 0 ? 'nothing' : parts.slice(0, 4).join(' or ')}${more}`,
    undone,
  )
}

const clock = (id: number): string => XLAT.clockid?.find(({ value }) => value === id)?.name ?? `unknown (${id})`
const theClock = (call: DecodedCall): string => `the ${clock(Number(big(call, 'id')))} clock`

/** One verb phrase per call of preview1; a call without one does not compile. */
const PHRASES: Readonly<Record<Preview1Name, (call: DecodedCall) => Phrase>> = {
  args_get: () => asks('for its arguments'),
  args_sizes_get: () => asks('how many arguments it has, and how long they are'),
  environ_get: () => asks('for its environment'),
  environ_sizes_get: () => asks('how large its environment is'),
  clock_res_get: (call) => asks(`how fine ${theClock(call)} is`),
  clock_time_get: (call) => asks(`for the time of ${theClock(call)}`),
  fd_advise: (call) =>
    phrase(
      'advise',
      `how it will use ${plural(big(call, 'len'), 'byte')}${at(call)} (${text(call, 'advice')}) of ${fd(call)}`,
      'nothing was advised',
    ),
  fd_allocate: (call) =>
    phrase('reserve', `${plural(big(call, 'len'), 'byte')}${at(call)} for ${fd(call)}`, 'nothing was reserved'),
  fd_close: (call) => phrase('close', fd(call), 'nothing was closed'),
  fd_datasync: (call) => phrase('flush', `the data of ${fd(call)}`, 'nothing was flushed'),
  fd_fdstat_get: (call) => asks(`for the flags and rights of ${fd(call)}`),
  fd_fdstat_set_flags: (call) => phrase('set', `flags ${text(call, 'flags')} on ${fd(call)}`, 'no flag was changed'),
  fd_fdstat_set_rights: (call) => phrase('reduce', `the rights of ${fd(call)}`, 'no right was taken away'),
  fd_filestat_get: (call) => asks(`for the attributes of ${fd(call)}`),
  fd_filestat_set_size: (call) =>
    phrase('set', `the size to ${plural(big(call, 'size'), 'byte')} of ${fd(call)}`, 'the size was not changed'),
  fd_filestat_set_times: (call) =>
    phrase('set', `the times (${text(call, 'fst_flags')}) of ${fd(call)}`, 'no time was changed'),
  fd_pread: (call) => reads(call, 'iovs', 'nread', 'read', at(call)),
  fd_prestat_get: (call) => asks(`what was preopened as ${fd(call)}`),
  fd_prestat_dir_name: (call) => asks(`under which name a directory was preopened as ${fd(call)}`),
  fd_pwrite: (call) => writes(call, 'iovs', 'nwritten', 'write', at(call)),
  fd_read: (call) => reads(call, 'iovs', 'nread'),
  fd_readdir: (call) =>
    phrase('list', `a directory, from entry ${text(call, 'cookie')} on, of ${fd(call)}`, 'nothing was listed'),
  fd_renumber: (call) =>
    phrase(
      'rename',
      `fd ${text(call, 'fd')} to fd ${text(call, 'to')}, closing what that was`,
      'no descriptor was changed',
    ),
  fd_seek: (call) =>
    phrase(
      'move',
      `to ${text(call, 'offset')} from ${whence[text(call, 'whence')] ?? text(call, 'whence')} in ${fd(call)}`,
      'the position was not changed',
    ),
  fd_sync: (call) => phrase('flush', `data and attributes of ${fd(call)}`, 'nothing was flushed'),
  fd_tell: (call) => asks(`for the position in ${fd(call)}`),
  fd_write: (call) => writes(call, 'iovs', 'nwritten'),
  path_create_directory: (call) => phrase('make', `a directory ${below(call)}`, 'nothing was made'),
  path_filestat_get: (call) => asks(`for the attributes of ${below(call)}`),
  path_filestat_set_times: (call) =>
    phrase('set', `the times (${text(call, 'fst_flags')}) of ${below(call)}`, 'no time was changed'),
  path_link: (call) =>
    phrase('link', `${text(call, 'old_path')} to ${below(call, 'new_path', 'new_fd')}`, 'nothing was linked'),
  path_open: (call) => {
    const opened = moved(call, 'opened_fd')
    const creates = (Number(big(call, 'oflags')) & 1) !== 0 ? ', making it if need be' : ''
    return phrase(
      'open',
      `${below(call)}${creates}${opened === undefined ? '' : `, as fd ${opened}`}`,
      'nothing was opened',
    )
  },
  path_readlink: (call) => phrase('read', `where the symbolic link ${below(call)} points`, 'nothing was read'),
  path_remove_directory: (call) => phrase('remove', `the directory ${below(call)}`, 'nothing was removed'),
  path_rename: (call) =>
    phrase('rename', `${text(call, 'old_path')} to ${below(call, 'new_path', 'new_fd')}`, 'nothing was renamed'),
  path_symlink: (call) =>
    phrase('make', `a symbolic link ${below(call, 'new_path')} to ${text(call, 'old_path')}`, 'nothing was made'),
  path_unlink_file: (call) => phrase('remove', below(call), 'nothing was removed'),
  poll_oneoff: waits,
  proc_exit: (call) => phrase('end', `its process with ${text(call, 'rval')}`, 'the process goes on'),
  proc_raise: (call) => phrase('raise', `${text(call, 'sig')} against itself`, 'no signal was sent'),
  sched_yield: () => phrase('let', 'the others run', 'nobody else had a turn'),
  random_get: (call) => asks(`for ${plural(big(call, 'buf_len'), 'random byte')}`),
  sock_accept: (call) => phrase('accept', `a connection on ${fd(call)}`, 'nothing was accepted'),
  sock_recv: (call) => reads(call, 'ri_data', 'ro_datalen', 'receive'),
  sock_send: (call) => writes(call, 'si_data', 'so_datalen', 'send'),
  sock_shutdown: (call) => phrase('shut', `the directions ${text(call, 'how')} of ${fd(call)}`, 'nothing was shut'),
}

/** What a call does. A call without words of its own is called by its name. */
export const phraseOf = (call: DecodedCall): Phrase =>
  (call.arch === 'linux' ? LINUX_PHRASES : (PHRASES as Readonly<Record<string, (call: DecodedCall) => Phrase>>))[call.name]?.(call)
  ?? phrase('call', call.name, 'nothing happened')
