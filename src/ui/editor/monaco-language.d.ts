/** Monaco ships its grammars without types. */
declare module 'monaco-editor/languages/definitions/typescript/typescript' {
  export const language: { readonly tokenizer: { readonly common: unknown[] } }
}
