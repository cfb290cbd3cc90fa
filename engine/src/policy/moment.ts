/**
 * Dates of conditions: W3C's profile of ISO 8601, or seconds since 1970. There is no clock here, only a calendar.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
 */

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const written =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?(Z|[+-]\d{2}:?\d{2})?)?)?)?$/;

/** Seconds since 1970; as many digits as a moment of the last decades has. */
export const isEpoch = (text: string): boolean => /^\d{9,11}$/.test(text);

/** The moment that a text names, in seconds since 1970; nothing where it is no date. Without a zone it is taken as UTC. */
export function momentOf(text: string): number | undefined {
  if (isEpoch(text)) return Number(text);
  const parts = written.exec(text);
  if (parts === null) return undefined;
  const [year, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts
    .slice(1, 7)
    .map((part: string | undefined) => (part === undefined ? undefined : Number(part)));
  if (year === undefined || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  if (hour > 24 || minute > 59 || second > 60) return undefined;
  const time = hour * HOUR + minute * MINUTE + second - offsetOf(parts[7]);
  return daysBefore(year, month, day) * DAY + time;
}

/** A moment as AWS asks for it: `2026-01-31T00:00:00Z`. */
export function isoOf(moment: number): string {
  const days = Math.floor(moment / DAY);
  const rest = moment - days * DAY;
  let year = 1970 + Math.floor(days / 366);
  while (daysBefore(year + 1, 1, 1) <= days) year++;
  let month = 1;
  while (month < 12 && daysBefore(year, month + 1, 1) <= days) month++;
  const day = days - daysBefore(year, month, 1) + 1;
  const time = [rest / HOUR, (rest % HOUR) / MINUTE, rest % MINUTE].map((part) =>
    padded(Math.floor(part), 2),
  );
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}T${time.join(':')}Z`;
}

/** A date in a form that people write, as AWS asks for it; nothing where day and month cannot be told apart. */
export function isoMeant(text: string): string | undefined {
  const [, year, month = '', day = ''] = /^(\d{4})[./](\d{1,2})[./](\d{1,2})$/.exec(text) ?? [];
  if (year !== undefined) return validDate(year, month, day);
  const [, first = '', second = '', last] = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/.exec(text) ?? [];
  if (last === undefined) return undefined;
  if (Number(first) > 12) return validDate(last, second, first);
  return Number(second) > 12 ? validDate(last, first, second) : undefined;
}

function validDate(year: string, month: string, day: string): string | undefined {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return momentOf(date) === undefined ? undefined : `${date}T00:00:00Z`;
}

const padded = (number: number, digits: number): string => String(number).padStart(digits, '0');

function offsetOf(zone: string | undefined): number {
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone ?? '') ?? [];
  const seconds = Number(hours) * HOUR + Number(minutes) * MINUTE;
  return sign === '-' ? -seconds : seconds;
}

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

const daysIn = (year: number, month: number): number =>
  month === 2 && isLeap(year) ? 29 : ([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0);

/** The days from the beginning of 1970 to a date. */
function daysBefore(year: number, month: number, day: number): number {
  const before = year - 1;
  const leapDays = (until: number): number =>
    Math.floor(until / 4) - Math.floor(until / 100) + Math.floor(until / 400);
  let days = (year - 1970) * 365 + leapDays(before) - leapDays(1969);
  for (let each = 1; each < month; each++) days += daysIn(year, each);
  return days + day - 1;
}
