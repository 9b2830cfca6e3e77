// Compiles the samples again: see README.md.
import { readFileSync, writeFileSync } from 'node:fs'
import { clang } from '../../../wasm/guests/compile.mjs'

const here = new URL('./', import.meta.url)
const files = Object.fromEntries(['shapes.c', 'scale.c'].map((name) => [name, readFileSync(new URL(name, here), 'utf8')]))

for (const [name, flags] of Object.entries({
  'dwarf2': ['-O0', '-gdwarf-2'], 'dwarf3': ['-O0', '-gdwarf-3'], 'dwarf4': ['-O0', '-gdwarf-4'], 'dwarf5': ['-O0', '-gdwarf-5'],
  'dwarf4-optimised': ['-O2', '-gdwarf-4'], 'dwarf5-optimised': ['-O2', '-gdwarf-5'],
})) {
  const args = ['--target=wasm32-wasip1', '-nostdlib', '-Wl,--no-entry', ...flags, ...Object.keys(files), '-o', 'a.wasm']
  const { made } = await clang(args, files)
  writeFileSync(new URL(`${name}.wasm`, here), made['a.wasm'])
}
