import { openSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { WASI } from 'node:wasi'
import { expectZero, type WasiHost, type World } from './host.ts'

/** `node:wasi`; its file is in a directory of the host, its terminal is /dev/null. */
export const nodeHost = ({ module, file }: World, directory: string): WasiHost => {
  const compiled = new WebAssembly.Module(module)
  const name = 'node:wasi'
  const nowhere = openSync('/dev/null', 'w')
  return {
    name,
    run: async (args) => {
      writeFileSync(join(directory, file.name), new Uint8Array(file.size))
      const wasi = new WASI({
        version: 'preview1', args: ['bench', ...args], preopens: { '/': directory }, stdout: nowhere, returnOnExit: true,
      })
      const instance = new WebAssembly.Instance(compiled, wasi.getImportObject() as WebAssembly.Imports)
      expectZero(name, args, wasi.start(instance))
    },
  }
}
