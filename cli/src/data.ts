/** `data`: what is known of IAM here, where it comes from and how old it is. */
import { type CatalogPart, catalogParts } from '#engine';
import type { Format } from './options.ts';

const day = 24 * 60 * 60 * 1000;

/** Data that was read longer ago than this is worth a look at what has changed since. */
const old = 180;

/** The parts of the catalogue with counts, sources and ages in days. */
export function describeData(format: Format, now: Date = new Date()): string {
  const parts = catalogParts().map((part) => ({ ...part, age: ageOf(part, now) }));
  if (format === 'json') {
    const data = parts.map(({ name, count, counts, age, provenance }) => ({
      name,
      count,
      counts,
      age,
      ...provenance,
    }));
    return JSON.stringify({ version: 1, data }, undefined, 2);
  }
  return parts
    .map(({ name, count, counts, age, provenance: { source, url, retrieved, method, licence } }) =>
      [
        `${name}: ${String(count)}`,
        `  ${Object.entries(counts)
          .map(([kind, number]) => `${String(number)} ${kind}`)
          .join(', ')}`,
        `  ${source}`,
        `  ${url}`,
        `  ${method}, ${retrieved}, ${String(age)} days ago${age > old ? ': may be out of date' : ''}`,
        `  ${licence}`,
      ].join('\n'),
    )
    .join('\n\n');
}

const ageOf = ({ provenance }: CatalogPart, now: Date): number =>
  Math.max(0, Math.floor((now.getTime() - Date.parse(provenance.retrieved)) / day));
