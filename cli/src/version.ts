/** The version in the manifest that lies beside the bundle's folder. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

export function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(path.join(__dirname, '..', 'package.json'), 'utf8'));
  const found =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : '';
  return String(found);
}
