/** The façade: the only file of the engine that other folders import, as `#engine`. Everything is synchronous and pure. */
import {
  type Finding,
  judge as judgeBy,
  judgeProject as judgeProjectBy,
  type Judgement,
  type Memory,
} from './features/analyze.ts';
import {
  type Document,
  readDocument as read,
  readPolicies as readRegions,
  type Region,
  type Source,
} from './features/document.ts';
import { placeTemplate as place } from './features/templates/place.ts';
import type { Placed } from './features/templates/merge.ts';
import type { Template } from './catalog/templates.ts';
import { fixAll as fixAllBy, type Fixed } from './features/fix.ts';
import { hosts, rules } from './registry.gen.ts';
import type { Settings } from './settings.ts';

export { type CatalogPart, catalogParts } from './catalog/summary.ts';
export type { Finding, Judgement, Memory } from './features/analyze.ts';
export type { Document, Region, Source } from './features/document.ts';
export { completeAt, type Completion } from './features/complete.ts';
export { copiesOf, type Copy } from './features/copies.ts';
export {
  explainDocument,
  explainRegion,
  explanationMarkdown,
  explanationText,
  plainText,
  type PolicyExplanation,
} from './features/explain.ts';
export { evaluatorOf } from './features/evaluate-region.ts';
export { type Evaluation, type Reason } from './evaluate/evaluate.ts';
export type { Caller, Refusal, WrittenCaller } from './evaluate/caller.ts';
export { type AssumeRequest, readRequest, type WrittenRequest } from './evaluate/request.ts';
export { type Comparison, comparePolicies, comparisonMarkdown, comparisonText } from './features/compare.ts';
export type { Step } from './evaluate/statement.ts';
export { decodedPolicy, isPrintout } from './features/decode.ts';
export { editsFor, type Fixed, refusalOf } from './features/fix.ts';
export { type Hint, hintsOf } from './features/hints.ts';
export { type Hover, hoverAt } from './features/hover.ts';
export { ignoreHere, ignoreInProject } from './features/ignore.ts';
export { type Lens, lensesOf } from './features/lenses.ts';
export { type Link, linksOf } from './features/links.ts';
export { type Refactored, refactoringsAt } from './features/refactor.ts';
export { foldsOf, selectionAt } from './features/ranges.ts';
export {
  insertAt,
  type Inserted,
  insertionsAt,
  type Offered,
  type Site,
  sitesIn,
} from './features/insert.ts';
export type { Insertion } from './insertions/insertion.ts';
export { insertions } from './insertions/insertions.ts';
export type { PlaceKind } from './features/place.ts';
export { unknownWorkspace, type Workspace, type WorkspaceFile, workspaceFrom } from './features/workspace.ts';
export {
  answerInWords,
  answerMarkdown,
  callersFor,
  type CallInput,
  isCallInput,
  simulate,
  type Simulation,
} from './features/simulate.ts';
export {
  printPart,
  printTemplate,
  type TemplateHost,
  templateHosts,
  type TemplatePart,
} from './features/templates/print.ts';
export { stopsOf } from './features/templates/policy.ts';
export {
  type Entry,
  isProjectFile,
  type Project,
  projectFileName,
  projectSettings,
  readProject,
} from './features/project.ts';
export { suggestedRoleAccounts } from './features/role-account.ts';
export { statementOf } from './features/whereabouts.ts';
export { type PolicySymbol, symbolsOf } from './features/symbols.ts';
export {
  completeTestsAt,
  draftTests,
  isTestFile,
  policyPathsIn,
  runTestFile,
  type TestRun,
} from './features/trust-tests.ts';
export { type Why, whyDenied, whyMarkdown, whyText } from './features/why.ts';
export { nearestTemplate, type Template, templateNamed, templates } from './catalog/templates.ts';
export { hosts, pageUrl, ruleInfo, rules, type RuleInfo } from './registry.gen.ts';
export type { Fix, Rule, Tag } from './rules/rule.ts';
export type { RuleId } from './rules/ids.gen.ts';
export { settingLists } from './setting-lists.gen.ts';
export {
  defaultSettings,
  type Ignored,
  joinSettings,
  severities,
  type Settings,
  settingsFrom,
  type Severity,
} from './settings.ts';
export { applyEdits, type Stop, type TextEdit } from './text/edit.ts';
export { nearest } from './text/distance.ts';
export { folderOfPattern, isPathPattern, pathExpression } from './text/glob-path.ts';
export { lineColumnAt, type LineColumn, lineStarts } from './text/lines.ts';
export type { Span } from './text/span.ts';
export type { Filled } from './tree/change.ts';

/**
 * Reads a source: finds its host and the policies in it. Cheap, and enough for completion and hover.
 * @param before another version of the document, which is used up: what both have in common need not be read again
 */
export const readDocument = (source: Source, before?: Document): Document => read(hosts, source, before);

/** Puts a template into a document, at the legal place that is nearest to an offset. */
export const placeTemplate = (document: Document, template: Template, offset: number): Placed =>
  place(hosts, document, template, offset);

/** Judges what was read; with what the judgement of another version has left, only what has changed. */
export const judge = (document: Document, settings: Settings, before?: Memory): Judgement =>
  judgeBy(document, rules, settings, before);

/** Judges a project file of which it is known what it ignores: `idle` numbers the entries that ignore nothing. */
export const judgeProject = (
  document: Document,
  settings: Settings,
  idle: ReadonlySet<number>,
): readonly Finding[] =>
  document.project ? judgeProjectBy(document, document.project, rules, settings, idle) : [];

/** The policies of a source that is said to hold some, such as an argument on the command line. */
export const readPolicies = (source: Source): readonly Region[] => readRegions(hosts, source);

/** What there is to say about what was read, in the order of the text. */
export const findingsIn = (document: Document, settings: Settings): readonly Finding[] =>
  judge(document, settings).findings;

/** Applies the safe fixes of a source until there are none left. */
export const fixAll = (source: Source, settings: Settings, newRandom: () => string): Fixed =>
  fixAllBy(
    source.text,
    (text) => {
      const document = readDocument({ ...source, text });
      return { document, findings: findingsIn(document, settings) };
    },
    newRandom,
  );
