/** @file Which number of the index belongs to an id: a table of 4 bytes an entry where a Map would take 50. */

const ABSENT = -1;
/** Of the places that are taken at most. */
const FILL_MAX = 0.5;
/** Knuth's multiplicative hash: 2^32 / golden ratio. */
const MULTIPLIER = 0x9e3779b1;

export interface IdTable {
  /** @returns undefined when no photo has that id */
  numberOf(id: number): number | undefined;
  /** The id of that number; the last number given to an id counts. */
  set(id: number, number: number): void;
}

/** @param idOf the id that a number was given to: to be known before `set` is called */
export function createIdTable(idOf: (number: number) => number, expected: number): IdTable {
  let places = new Int32Array(placesFor(expected)).fill(ABSENT);
  let taken = 0;
  const placeOf = (id: number): number => {
    const mask = places.length - 1;
    let place = (Math.imul(id, MULTIPLIER) >>> 8) & mask;
    for (;;) {
      const number = places[place] ?? ABSENT;
      if (number === ABSENT || idOf(number) === id) return place;
      place = (place + 1) & mask;
    }
  };
  const grow = (): void => {
    const old = places;
    places = new Int32Array(old.length * 2).fill(ABSENT);
    for (const number of old) if (number !== ABSENT) places[placeOf(idOf(number))] = number;
  };
  return {
    numberOf(id) {
      const number = places[placeOf(id)] ?? ABSENT;
      return number === ABSENT ? undefined : number;
    },
    set(id, number) {
      const place = placeOf(id);
      if (places[place] === ABSENT && ++taken > places.length * FILL_MAX) {
        grow();
        places[placeOf(id)] = number;
      } else places[place] = number;
    },
  };
}

function placesFor(expected: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(1024, expected / FILL_MAX)));
}
