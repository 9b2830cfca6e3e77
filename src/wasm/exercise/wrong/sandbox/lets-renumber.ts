// fails: swap: lets another thing come under a number that was judged
import { EACCES, spawn, virtualize, type Rules, type VirtualCall } from 'ptrace'

const SYMLINK_FOLLOW = 1
/** Directories that are open: where paths begin. 3 is the root. A path has no slash at its ends here. */
const directories = new Map([[3, '']])

function deny(call: VirtualCall, why: string) {
  console.log('denied: %s: %s', call.name, why)
  call.fail(EACCES)
}

/** Where `path` leads from the directory `fd`, as "work/box/apple.txt"; undefined if that is not known for sure. */
function resolve(fd: number, path: string): string | undefined {
  const from = directories.get(fd)
  const steps = path.split('/').filter((step) => step !== '' && step !== '.')
  if (from === undefined || steps.includes('..')) return undefined
  return [from, ...steps].filter((step) => step !== '').join('/')
}

const isInside = (where: string | undefined) => where !== undefined && (where === 'work' || where.startsWith('work/'))

/** A rule for a call that needs no more than one path. */
function judged(call: VirtualCall) {
  const { fd, path } = call.stop.call.args
  if (!isInside(resolve(fd, path))) deny(call, path)
}

const rules: Rules = {
  path_open(call) {
    const { fd, path, dirflags } = call.args
    const where = resolve(fd, path)
    if (where === undefined || !isInside(where)) return deny(call, path)
    // Somebody may have left a link there, and its name says nothing about where it leads. So it is not followed.
    call.rewrite({ dirflags: dirflags & ~SYMLINK_FOLLOW }, {
      then({ ret, memory, raw }) {
        if (ret === 0) directories.set(memory.u32(raw.opened_fd), where)
      },
    })
  },
  path_filestat_get(call) {
    const { fd, path, flags } = call.args
    if (!isInside(resolve(fd, path))) return deny(call, path)
    call.rewrite({ flags: flags & ~SYMLINK_FOLLOW })
  },
  path_filestat_set_times(call) {
    const { fd, path, flags } = call.args
    if (!isInside(resolve(fd, path))) return deny(call, path)
    call.rewrite({ flags: flags & ~SYMLINK_FOLLOW })
  },
  path_create_directory: judged,
  path_readlink: judged,
  path_remove_directory: judged,
  path_unlink_file: judged,
  path_rename(call) {
    const { fd, old_path, new_fd, new_path } = call.args
    if (!isInside(resolve(fd, old_path)) || !isInside(resolve(new_fd, new_path))) deny(call, `${old_path} to ${new_path}`)
  },

  // Links make two names of one thing, and renumbering makes another thing of a number that has been judged.
  path_link: (call) => deny(call, `${call.args.old_path} as ${call.args.new_path}`),
  path_symlink: (call) => deny(call, `${call.args.old_path} as ${call.args.new_path}`),
  fd_close: (call) => void directories.delete(call.args.fd),
}

await virtualize(spawn(), rules)
