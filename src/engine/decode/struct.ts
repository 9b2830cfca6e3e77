/** The structures of preview1, each as strace would print one. Layouts and names: abi/wasi.ts, typenames.witx. */
import { DIRENT, EVENT, EVENTTYPE, FDSTAT, FILESTAT, PRESTAT, SUBSCRIPTION } from '../abi/wasi.ts'
import { errnoName } from '../abi/errno.ts'
import { lossyText } from '../kernel/text.ts'
import { u16At, u32At, u64At } from './peek.ts'
import { cutFlags, durationText, enumText, flagsText, hexText, isoTime, quote, quoteBriefly } from './text.ts'
import { shown, type Shown } from './value.ts'

/** A point in time with its date, as strace adds one to a struct timespec. */
export const timeShown = (ns: bigint): Shown => ({ text: `${ns} /* ${isoTime(ns)} */`, brief: isoTime(ns), value: ns })

export const fdstatShown = (bytes: Uint8Array): Shown => {
  const filetype = enumText('filetype', bytes[FDSTAT.filetype] as number)
  const flags = flagsText('fdflags', u16At(bytes, FDSTAT.flags))
  const base = u64At(bytes, FDSTAT.rightsBase)
  const inheriting = u64At(bytes, FDSTAT.rightsInheriting)
  return {
    text:
      `{fs_filetype=${filetype}, fs_flags=${flags}, fs_rights_base=${flagsText('rights', base)}, `
      + `fs_rights_inheriting=${flagsText('rights', inheriting)}}`,
    brief: `{${filetype}, ${flags}, …}`,
    value: {
      fs_filetype: bytes[FDSTAT.filetype] as number,
      fs_flags: u16At(bytes, FDSTAT.flags),
      fs_rights_base: base,
      fs_rights_inheriting: inheriting,
    },
  }
}

export const filestatShown = (bytes: Uint8Array): Shown => {
  const filetype = enumText('filetype', bytes[FILESTAT.filetype] as number)
  const size = u64At(bytes, FILESTAT.fileSize)
  return {
    // strace's abbreviated struct stat: what people look for, and an ellipsis.
    text: `{filetype=${filetype}, size=${size}, ...}`,
    brief: `{${filetype}, size=${size}, …}`,
    value: {
      dev: u64At(bytes, FILESTAT.dev),
      ino: u64At(bytes, FILESTAT.ino),
      filetype: bytes[FILESTAT.filetype] as number,
      nlink: u64At(bytes, FILESTAT.nlink),
      size,
      atim: u64At(bytes, FILESTAT.atim),
      mtim: u64At(bytes, FILESTAT.mtim),
      ctim: u64At(bytes, FILESTAT.ctim),
    },
  }
}

export const prestatShown = (bytes: Uint8Array): Shown => {
  const tag = enumText('preopentype', bytes[PRESTAT.tag] as number)
  const length = u32At(bytes, PRESTAT.nameLen)
  return {
    text: `{tag=${tag}, pr_name_len=${length}}`,
    brief: `{${tag}, ${length}}`,
    value: { tag: bytes[PRESTAT.tag] as number, pr_name_len: length },
  }
}

/** The entries of a directory that fd_readdir put into a buffer; the last one may be cut. */
export const direntsShown = (bytes: Uint8Array): Shown => {
  const entries: { text: string; name: string; value: { [field: string]: number | bigint | string } }[] = []
  for (let at = 0; at + DIRENT.size <= bytes.length;) {
    const namlen = u32At(bytes, at + DIRENT.namlen)
    const name = bytes.subarray(at + DIRENT.size, at + DIRENT.size + namlen)
    const [next, ino] = [u64At(bytes, at + DIRENT.next), u64At(bytes, at + DIRENT.ino)]
    const type = bytes[at + DIRENT.type] as number
    entries.push({
      text:
        `{d_next=${next}, d_ino=${ino}, d_namlen=${namlen}, d_type=${enumText('filetype', type)}, `
        + `d_name=${quote(name, namlen, 255)}}`,
      name: quoteBriefly(name, namlen),
      value: { d_next: next, d_ino: ino, d_namlen: namlen, d_type: type, d_name: lossyText(name) },
    })
    at += DIRENT.size + namlen
  }
  return {
    text: `[${entries.map((entry) => entry.text).join(', ')}]`,
    brief: `[${entries.map((entry) => entry.name).join(', ')}]`,
    value: entries.map((entry) => entry.value),
  }
}

export const subscriptionShown = (bytes: Uint8Array): Shown => {
  const userdata = u64At(bytes, SUBSCRIPTION.userdata)
  const tag = bytes[SUBSCRIPTION.tag] as number
  const name = enumText('eventtype', tag)
  if (tag !== EVENTTYPE.CLOCK) {
    const fd = u32At(bytes, SUBSCRIPTION.fd)
    return {
      text: `{userdata=${hexText(userdata)}, tag=${name}, fd=${fd | 0}}`,
      brief: `{${name}, ${fd | 0}}`,
      value: { userdata, tag, fd },
    }
  }
  const id = u32At(bytes, SUBSCRIPTION.clockId)
  const timeout = u64At(bytes, SUBSCRIPTION.clockTimeout)
  const precision = u64At(bytes, SUBSCRIPTION.clockPrecision)
  const flags = u16At(bytes, SUBSCRIPTION.clockFlags)
  const when = (flags & 1) !== 0 && id === 0 ? timeShown(timeout) : shown(timeout.toString(), timeout)
  const clock = enumText('clockid', id)
  return {
    text:
      `{userdata=${hexText(userdata)}, tag=${name}, id=${clock}, timeout=${when.text}, precision=${precision}, `
      + `flags=${flagsText('subclockflags', flags)}}`,
    brief: `{${clock}, ${(flags & 1) !== 0 ? when.brief : durationText(timeout)}}`,
    value: { userdata, tag, id, timeout, precision, flags },
  }
}

export const eventShown = (bytes: Uint8Array): Shown => {
  const userdata = u64At(bytes, EVENT.userdata)
  const error = u16At(bytes, EVENT.error)
  const type = bytes[EVENT.type] as number
  const nbytes = u64At(bytes, EVENT.nbytes)
  const flags = u16At(bytes, EVENT.flags)
  const failure = error === 0 ? '0' : (errnoName(error) ?? `${error}`)
  const ready = type === EVENTTYPE.CLOCK ? '' : `, nbytes=${nbytes}, flags=${flagsText('eventrwflags', flags)}`
  return {
    text: `{userdata=${hexText(userdata)}, error=${failure}, type=${enumText('eventtype', type)}${ready}}`,
    brief: `{${enumText('eventtype', type)}${error === 0 ? '' : `, ${failure}`}}`,
    value: { userdata, error, type, nbytes, flags },
  }
}

export const rightsShown = (value: bigint): Shown => {
  const text = flagsText('rights', value)
  return { text, brief: cutFlags(text), value }
}
