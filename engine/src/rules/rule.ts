/** What a rule is. A rule decides about policies; its page, beside it, explains and proves it. */
import type { Severity, Settings } from '../settings.ts';
import type { Span } from '../text/span.ts';
import type { TextEdit } from '../text/edit.ts';
import type { Change } from '../tree/change.ts';
import type { Member, Node, Problem } from '../tree/tree.ts';
import type { Policy, RoleIdentity } from '../policy/policy.ts';
import type { RuleId } from './ids.gen.ts';
import type { Suppression } from './suppression.ts';
import type { Trait } from './trait.ts';

/** What a finding means for what it stands at: it is moot, or there is a better way by now. Editors fade or strike it out. */
export type Tag = 'unnecessary' | 'deprecated';

export const categories = [
  'grammar',
  'principal',
  'action',
  'condition',
  'federation-oidc',
  'federation-saml',
  'confused-deputy',
  'privilege',
  'quality',
] as const;
export type Category = (typeof categories)[number];

/** A remedy. Most are changes of the tree; what mends broken text comes from the syntax as edits. */
export interface Fix {
  readonly title: string;
  readonly changes: readonly Change[];
  readonly edits?: readonly TextEdit[];
  /** Cannot widen trust or break access, so it may be applied without a second look. */
  readonly safe: boolean;
}

export interface Report {
  /** The narrowest thing that is at fault. */
  readonly at: Node | Member | Span;
  /** What is wrong, why it matters, what to do; two sentences at most. */
  readonly message: string;
  /** Where the case is graded differently from the rule. */
  readonly severity?: Severity;
  readonly fixes?: readonly Fix[];
  readonly related?: readonly { readonly at: Node | Member | Span; readonly message: string }[];
  /** What the report is about, if that is not where it points: findings about one thing may supersede each other. */
  readonly about?: Node | Member;
}

/** The text that a policy is read from, and what breaks it. */
export interface Written {
  readonly language: 'json' | 'jsonc' | 'yaml' | 'hcl';
  /** Those that concern the policy. */
  readonly problems: readonly Problem[];
  /** The editor says itself where the text is broken, or another tool makes the text whole first. */
  readonly reportedByHost: boolean;
}

/** What a rule may know besides the policy. */
export interface Facts {
  readonly settings: Settings;
  /** Of the document. */
  readonly languageId: string;
  /** The role that the policy is of, as far as the document names it. */
  readonly role?: RoleIdentity;
  /** What the policy is written in: the document, or JSON text in it. */
  readonly written: Written;
  /** The comments of the document that ignore findings, once all findings are known: for rules about them. */
  readonly suppressions?: readonly Suppression[];
}

export interface Rule {
  readonly id: RuleId;
  readonly category: Category;
  /** `error`: IAM refuses it or outsiders get in. `warning`: weaker than it looks. `information`: worth a look. */
  readonly severity: Severity;
  /**
   * Rules that stay silent about whatever this one reports: one problem, one finding. `everything` is for what makes
   * the rest of the policy moot.
   */
  readonly supersedes?: readonly RuleId[] | 'everything';
  /**
   * `policy` where one Allow is judged by another, or by how many there are. The others may be shown a policy without
   * the Allow statements that are known to be free of findings.
   */
  readonly scope?: 'policy';
  /**
   * `caller` where it judges permission policies of those who assume roles, `project` the project file, `comments` the comments
   * that ignore findings; else trust policies. For the last two there is no policy but the root of the document.
   */
  readonly subject?: 'caller' | 'project' | 'comments';
  readonly tag?: Tag;
  /** What it is about: it has nothing to say of a policy that has none of these, and is not asked. */
  readonly when?: readonly Trait[];
  readonly check: (policy: Policy, facts: Facts) => Iterable<Report>;
}

/** Declares a rule; the id is that of the file and of the page. */
export const defineRule = (rule: Rule): Rule => rule;

/** One remedy, where its changes can be expressed. */
export const fix = (title: string, changes: readonly Change[] | undefined, safe = false): readonly Fix[] =>
  changes ? [{ title, changes, safe }] : [];
