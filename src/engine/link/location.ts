/** Whether a location's fragment means to be a link of ours. */
export const isLink = (fragment: string): boolean => /^#\d+\//.test(fragment)
