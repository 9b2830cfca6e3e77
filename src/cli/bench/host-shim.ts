import { ConsoleStdout, File, type Fd, PreopenDirectory, WASI } from '@bjorn3/browser_wasi_shim'
import { expectZero, type WasiHost, type World } from './host.ts'

/** `@bjorn3/browser_wasi_shim`; what is written to its terminal goes nowhere. */
export const shimHost = ({ module, file }: World): WasiHost => {
  const compiled = new WebAssembly.Module(module)
  const name = 'browser_wasi_shim'
  return {
    name,
    run: async (args) => {
      const disk = new Map([[file.name, new File(new Uint8Array(file.size))]])
      const silent = (): Fd => new ConsoleStdout(() => {})
      const fds = [silent(), silent(), silent(), new PreopenDirectory('/', disk)]
      const wasi = new WASI(['bench', ...args], [], fds, { debug: false })
      const instance = new WebAssembly.Instance(compiled, { wasi_snapshot_preview1: wasi.wasiImport })
      expectZero(name, args, wasi.start(instance as Parameters<typeof wasi.start>[0]))
    },
  }
}
