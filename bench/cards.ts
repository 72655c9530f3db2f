/** A small generator (MINSTD) of numbers for each number, so that every run deals the same cards. */
export function cards(n: number): () => number {
  let m = ((n + 1) * 48_271) % 2_147_483_647;
  return () => (m = (m * 48_271) % 2_147_483_647);
}
