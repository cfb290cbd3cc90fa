/** Derives accounts.json from known_aws_accounts: which vendor or AWS service owns an account, as it says itself. */
import { parse } from 'yaml';
import { dataFile, readSource } from './data-file.ts';

const REPOSITORY = 'https://github.com/fwdcloudsec/known_aws_accounts';
const provenance = {
  source: 'fwdcloudsec/known_aws_accounts, commit c2922afb0450f63bad28865ff0784cdaa3a8b4e4 (2025-09-17)',
  url: REPOSITORY,
  retrieved: '2026-11-23',
  method: 'generated',
  licence: 'Apache-2.0, see NOTICE',
} as const;

/** An entry of the source, as its header describes it. */
interface Owner {
  readonly name: string;
  readonly type?: string;
  readonly source?: string | readonly string[];
  readonly accounts: readonly string[];
}

/** The data file accounts.json. */
export async function accountsFile(): Promise<[path: string, text: string]> {
  const owners = parse(await readSource('known-aws-accounts.yaml')) as readonly Owner[];
  const ids = new Set<string>();
  const claimed = new Set<string>();
  return dataFile(
    'accounts',
    provenance,
    owners.map((owner) => entryOf(owner, ids, claimed)).filter(hasAccounts),
  );
}

function entryOf(owner: Owner, ids: Set<string>, claimed: Set<string>) {
  if (owner.type !== undefined && owner.type !== 'aws') throw new Error(`Unclassified type of ${owner.name}`);
  return {
    id: uniqueId(owner.name.trim(), ids),
    kind: owner.type === 'aws' ? 'aws-service' : 'vendor',
    accounts: owner.accounts.filter((account) => isNew(account, claimed)).sort(),
    url: urlOf(owner),
  };
}

/** A later owner that repeats an account adds nothing: the source lists the better known name first. */
function hasAccounts(entry: { readonly accounts: readonly string[] }): boolean {
  return entry.accounts.length > 0;
}

function isNew(account: string, claimed: Set<string>): boolean {
  if (!/^\d{12}$/.test(account)) throw new Error(`Not an account id: ${account}`);
  if (claimed.has(account)) return false;
  claimed.add(account);
  return true;
}

function uniqueId(name: string, ids: Set<string>): string {
  let id = name;
  for (let count = 2; ids.has(id); count++) id = `${name} (${count})`;
  ids.add(id);
  return id;
}

/** The shortest page of the vendor that is not an archived copy, else the source itself. */
function urlOf(owner: Owner): string {
  const urls = [owner.source ?? []].flat().filter((url) => URL.canParse(url) && url.startsWith('https://'));
  const live = urls.filter((url) => !url.includes('web.archive.org'));
  return live.sort((a, b) => a.length - b.length)[0] ?? urls[0] ?? REPOSITORY;
}
