import { errnoName } from '../../engine/abi/errno.ts'
import { callName, classFor } from '../../engine/decode/table.ts'
import { ArchCode } from '../../engine/trace/format.ts'
import { classIndex, type Vocabulary } from './vocabulary.ts'

/** The engine's own tables. */
export const engineVocabulary: Vocabulary = {
  callName,
  callClass: (arch, nr) => classIndex(classFor(arch, nr)),
  errorName: (arch, ret) => {
    // A WASI result is the errno itself, spelt as in the witx; a Linux one is negative.
    if (arch === ArchCode.preview1) return ret === 0 ? '' : (errnoName(ret)?.slice(1).toLowerCase() ?? String(ret))
    return ret < 0 ? (errnoName(-ret) ?? String(ret)) : ''
  },
}
