const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/**
 * Text as HTML and SVG take it, in elements and in quoted attributes. What no document may hold (control characters, lone surrogates) and
 * what turns the direction of lines around becomes U+FFFD: guests choose these bytes.
 */
export const escapeHtml = (text: string): string =>
  text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]|[\ud800-\udfff]/gu, '\ufffd')
    .replace(/[&<>"']/g, (sign) => ENTITIES[sign] as string)
