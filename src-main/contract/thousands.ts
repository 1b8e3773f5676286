/**
 * A number with commas between its thousands: 12,192.5. The system's own way of writing numbers takes as long to start
 * as reading a photo.
 * @param decimals at most; none that are zeros at the end
 */
export function withThousands(value: number, decimals = 0): string {
  const [whole = '', fraction] = String(Number(value.toFixed(decimals))).split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
