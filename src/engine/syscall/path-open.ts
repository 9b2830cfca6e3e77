import { ERRNO } from '../abi/errno.ts'
import type { Errno } from '../abi/errno.ts'
import { ALL_RIGHTS, DIRECTORY_RIGHTS, FDFLAG, FILE_RIGHTS, LOOKUPFLAG, OFLAG, RIGHT } from '../abi/wasi.ts'
import type { Rights } from '../abi/wasi.ts'
import type { Fd } from '../kernel/descriptors.ts'
import { createFile } from '../kernel/directory.ts'
import { openInode } from '../kernel/file.ts'
import type { GuestAddr } from '../kernel/memory.ts'
import type { LastLink } from '../kernel/path.ts'
import { findPlace } from './check.ts'
import type { Found } from './check.ts'
import type { Caller } from './row.ts'

const ALL_OFLAGS = OFLAG.CREAT | OFLAG.DIRECTORY | OFLAG.EXCL | OFLAG.TRUNC
const ALL_FDFLAGS = FDFLAG.APPEND | FDFLAG.DSYNC | FDFLAG.NONBLOCK | FDFLAG.RSYNC | FDFLAG.SYNC
const FILE_MODE = 0o644

/** What the directory's own rights must include to open something in it this way. */
const neededOf = (oflags: number): Rights =>
  RIGHT.PATH_OPEN |
  ((oflags & OFLAG.CREAT) !== 0 ? RIGHT.PATH_CREATE_FILE : 0) |
  ((oflags & OFLAG.TRUNC) !== 0 ? RIGHT.PATH_FILESTAT_SET_SIZE : 0)

/** What its inheriting rights must include: "If fd_sync is set, … path_open with fdflags::sync". */
const inheritedOf = (fdflags: number): Rights =>
  ((fdflags & FDFLAG.DSYNC) !== 0 ? RIGHT.FD_DATASYNC : 0) |
  ((fdflags & (FDFLAG.SYNC | FDFLAG.RSYNC)) !== 0 ? RIGHT.FD_SYNC : 0)

/**
 * open(2). The rights asked for must be among those that the directory hands on (ENOTCAPABLE); the new
 * descriptor gets those of them "that apply to the type of file being opened".
 */
export const pathOpen = (
  caller: Caller, fd: Fd, dirflags: number, path: GuestAddr, pathLen: number, oflags: number,
  rightsBase: Rights, rightsInheriting: Rights, fdflags: number, openedFd: GuestAddr,
): Errno => {
  if ((dirflags & ~LOOKUPFLAG.SYMLINK_FOLLOW) !== 0) return ERRNO.EINVAL
  if ((oflags & ~ALL_OFLAGS) !== 0 || (fdflags & ~ALL_FDFLAGS) !== 0) return ERRNO.EINVAL
  // open(2): O_DIRECTORY with O_CREAT is EINVAL since Linux 6.4.
  if ((oflags & OFLAG.CREAT) !== 0 && (oflags & OFLAG.DIRECTORY) !== 0) return ERRNO.EINVAL
  if (!caller.memory.has(openedFd, 4)) return ERRNO.EFAULT
  const lastLink = lastLinkOf(caller, dirflags, oflags, path, pathLen)
  const found = findPlace(caller, fd, neededOf(oflags), path, pathLen, lastLink)
  if (typeof found === 'number') return found
  // Linux, fs/namei.c: a name to be created must not end in a slash, whatever is there.
  if ((oflags & OFLAG.CREAT) !== 0 && found.place.slash) return ERRNO.EISDIR
  const rights = rightsBase & ALL_RIGHTS
  const inheriting = rightsInheriting & ALL_RIGHTS
  const asked = rights | inheriting | inheritedOf(fdflags)
  if ((asked & ~found.descriptor.inheriting) !== 0) return ERRNO.ENOTCAPABLE
  if (caller.files.full) return ERRNO.EMFILE
  const ino = inodeFor(caller, found, oflags, rights)
  if (ino < 0) return -ino
  const file = openInode(found.file.fs, ino, fdflags, joinPath(found.file.label, found.path))
  const opened = caller.files.add({
    file,
    rights: rights & (file.kind === 'directory' ? DIRECTORY_RIGHTS : FILE_RIGHTS),
    inheriting: file.kind === 'directory' ? inheriting : 0,
    closeOnExec: false,
    preopen: undefined,
  })
  caller.memory.setU32(openedFd, opened)
  return 0
}

const SLASH = 0x2f

const lastLinkOf = (
  caller: Caller, dirflags: number, oflags: number, path: GuestAddr, pathLen: number,
): LastLink => {
  const creates = (oflags & OFLAG.CREAT) !== 0
  // open(2) of O_CREAT and O_EXCL: "When these two flags are specified, symbolic links are not followed."
  if (creates && (oflags & OFLAG.EXCL) !== 0) return 'parent'
  if (creates && pathLen > 0 && caller.memory.view(path + pathLen - 1, 1)?.[0] === SLASH) return 'parent'
  return dirflags === 0 ? 'keep' : 'follow'
}

/** The inode to be opened, made or cut if asked for; −errno. */
const inodeFor = (caller: Caller, { file, place }: Found, oflags: number, rights: Rights): number => {
  const { fs } = file
  const has = (flag: number): boolean => (oflags & flag) !== 0
  const now = caller.clock.realtime()
  if (place.ino === undefined) return has(OFLAG.CREAT) ? createFile(fs, place, FILE_MODE, now) : -ERRNO.ENOENT
  if (has(OFLAG.CREAT) && has(OFLAG.EXCL)) return -ERRNO.EEXIST
  const { kind } = fs.get(place.ino)
  if (kind === 'link') return has(OFLAG.DIRECTORY) ? -ERRNO.ENOTDIR : -ERRNO.ELOOP
  if (kind === 'directory') {
    const changes = has(OFLAG.CREAT) || has(OFLAG.TRUNC) || (rights & RIGHT.FD_WRITE) !== 0
    return changes ? -ERRNO.EISDIR : place.ino
  }
  if (has(OFLAG.DIRECTORY)) return -ERRNO.ENOTDIR
  if (has(OFLAG.TRUNC)) fs.resize(place.ino, 0, now)
  return place.ino
}

/** The path that the decoder shows for a descriptor: the directory's own, and what was asked for. */
export const joinPath = (base: string, path: string): string => {
  if (base === '.' || base === '') return path
  if (path === '.') return base
  return base.endsWith('/') ? base + path : `${base}/${path}`
}
