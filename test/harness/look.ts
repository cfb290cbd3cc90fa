/** An example looked at the way an adapter does: read, judged, and its fixes applied. */
import {
  applyEdits,
  type Document,
  editsFor,
  type Finding,
  findingsIn,
  type Fix,
  readDocument,
  settingsFrom,
  type Settings,
} from '#engine';

/** What random values are in examples. */
export const exampleRandom = (): string => '00000000-0000-4000-8000-000000000000';

export interface Looked {
  readonly document: Document;
  readonly findings: readonly Finding[];
}

export interface Example {
  readonly text: string;
  readonly language: string;
  readonly file?: string;
  readonly settings?: unknown;
}

/** Reads and judges an example under the name `trust-policy.json` or the one it gives itself. */
export function look({ text, language, file, settings }: Example): Looked {
  const chosen: Settings = settingsFrom(settings);
  const document = readDocument({
    uri: `file:///${file ?? `trust-policy.${language}`}`,
    languageId: language,
    text,
    terraformArguments: chosen.terraformArguments,
  });
  return { document, findings: findingsIn(document, chosen) };
}

/** The fixes of a finding that can be expressed, with the text that each leads to. */
export function fixedTexts(
  finding: Finding,
  document: Document,
): ReadonlyMap<string, { readonly fix: Fix; readonly text: string }> {
  const results = new Map<string, { readonly fix: Fix; readonly text: string }>();
  for (const fix of finding.fixes) {
    const edits = editsFor(fix, finding.region, document, exampleRandom);
    if (edits) results.set(fix.title, { fix, text: applyEdits(document.source.text, edits) });
  }
  return results;
}
