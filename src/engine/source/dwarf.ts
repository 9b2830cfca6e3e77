/** Numbers of DWARF 5 (dwarfstd.org, section 7) and, where it says so, of LLVM's and GNU's extensions. */

export const TAG = {
  array_type: 0x01, enumeration_type: 0x04, formal_parameter: 0x05, lexical_block: 0x0b, member: 0x0d,
  pointer_type: 0x0f, reference_type: 0x10, compile_unit: 0x11, structure_type: 0x13, subroutine_type: 0x15,
  typedef: 0x16, union_type: 0x17, inlined_subroutine: 0x1d, subrange_type: 0x21, base_type: 0x24, const_type: 0x26,
  enumerator: 0x28, subprogram: 0x2e, variable: 0x34, volatile_type: 0x35, restrict_type: 0x37,
  rvalue_reference_type: 0x42, class_type: 0x02, atomic_type: 0x47, unspecified_type: 0x3b,
} as const

export const AT = {
  location: 0x02, name: 0x03, byte_size: 0x0b, bit_offset: 0x0c, bit_size: 0x0d, stmt_list: 0x10, low_pc: 0x11,
  high_pc: 0x12, comp_dir: 0x1b, const_value: 0x1c, upper_bound: 0x2f, abstract_origin: 0x31, count: 0x37,
  data_member_location: 0x38, decl_file: 0x3a, decl_line: 0x3b, declaration: 0x3c, encoding: 0x3e, external: 0x3f,
  frame_base: 0x40, specification: 0x47, type: 0x49, ranges: 0x55, call_column: 0x57, call_file: 0x58,
  call_line: 0x59, data_bit_offset: 0x6b, linkage_name: 0x6e, str_offsets_base: 0x72, addr_base: 0x73,
  rnglists_base: 0x74, loclists_base: 0x8c, GNU_ranges_base: 0x2132, GNU_addr_base: 0x2133, artificial: 0x34,
} as const

export const FORM = {
  addr: 0x01, block2: 0x03, block4: 0x04, data2: 0x05, data4: 0x06, data8: 0x07, string: 0x08, block: 0x09,
  block1: 0x0a, data1: 0x0b, flag: 0x0c, sdata: 0x0d, strp: 0x0e, udata: 0x0f, ref_addr: 0x10, ref1: 0x11,
  ref2: 0x12, ref4: 0x13, ref8: 0x14, ref_udata: 0x15, indirect: 0x16, sec_offset: 0x17, exprloc: 0x18,
  flag_present: 0x19, strx: 0x1a, addrx: 0x1b, ref_sup4: 0x1c, strp_sup: 0x1d, data16: 0x1e, line_strp: 0x1f,
  ref_sig8: 0x20, implicit_const: 0x21, loclistx: 0x22, rnglistx: 0x23, ref_sup8: 0x24, strx1: 0x25, strx2: 0x26,
  strx3: 0x27, strx4: 0x28, addrx1: 0x29, addrx2: 0x2a, addrx3: 0x2b, addrx4: 0x2c,
  GNU_addr_index: 0x1f01, GNU_str_index: 0x1f02, GNU_ref_alt: 0x1f20, GNU_strp_alt: 0x1f21,
} as const

export const ATE = {
  address: 0x01, boolean: 0x02, complex_float: 0x03, float: 0x04, signed: 0x05, signed_char: 0x06, unsigned: 0x07,
  unsigned_char: 0x08, UTF: 0x10,
} as const

export const UT = { compile: 1, type: 2, partial: 3, skeleton: 4, split_compile: 5, split_type: 6 } as const

/** Bounds against files that were made to cost time; real ones stay far below. */
export const LIMIT = {
  units: 1 << 18,
  abbreviations: 1 << 16,
  attributes: 1 << 9,
  /** Entries of one unit. */
  dies: 1 << 21,
  /** Ranges, or places of a variable, in one list. */
  list: 1 << 16,
  /** Ranges of one unit, over all of its entries. */
  ranges: 1 << 20,
  rows: 1 << 20,
  files: 1 << 14,
  /** Bytes of one text. */
  text: 1 << 12,
  /** Operations of one expression, loops included. */
  operations: 1 << 12,
  members: 1 << 11,
  parameters: 1 << 6,
  dimensions: 1 << 3,
  /** Types that the name of one is made of. */
  spelled: 1 << 7,
  /** Units whose entries are kept at a time. */
  kept: 1 << 5,
  /** Types within types, and blocks within blocks. */
  depth: 64,
} as const
