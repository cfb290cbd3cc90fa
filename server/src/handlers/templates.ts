/**
 * Templates as commands of the server, so that every editor has them: the list, a template as a document, and one put
 * into a document that is open.
 */
import {
  applyEdits,
  type Document,
  placeTemplate,
  printTemplate,
  type Template,
  type TemplateHost,
  templateHosts,
  templateNamed,
  templates,
  type TextEdit,
} from '#engine';
import {
  type Connection,
  ErrorCodes,
  Position,
  ResponseError,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Client } from '../client.ts';
import { editsOf, plainEditOf } from '../convert.ts';
import { linkedNumbers, snippetOf } from '../snippets.ts';
import type { Open } from './explain.ts';

/** What the commands need of the server. */
interface Desk {
  readonly connection: Connection;
  readonly client: Client;
  readonly open: Open;
}

/** Answers a command. It gets what the command was given, of any shape. */
type Answer = (desk: Desk, given: readonly unknown[]) => unknown;

const answers = {
  /** All templates, with what is known of them before they are chosen. */
  'trustPolicy.listTemplates': () =>
    templates().map(({ name, family, title, description, when, links }) => ({
      name,
      family,
      title,
      description,
      when,
      links,
    })),
  /** `[name, host]`: a template as a document, and the same as a snippet. */
  'trustPolicy.printTemplate': (_, [name, host]) => {
    const printed = printTemplate(templateFor(name), hostFor(host));
    return { text: printed.text, snippet: snippetOf(printed, linkedNumbers()) };
  },
  /** `[uri, position, name]`: what a document would become with a template in it, and where that is. */
  'trustPolicy.previewTemplate': ({ open }, [uri, position, name]) => {
    const { text, document } = opened(uri, open);
    const offset = text.offsetAt(positionFor(position));
    const placed = placeTemplate(document, templateFor(name), offset);
    return 'refused' in placed ? placed : previewOf(text.getText(), placed.edits);
  },
  /** `[uri, position, name]`: puts a template into a document. */
  'trustPolicy.placeTemplate': async (desk, [uri, position, name]) => {
    const { text, document } = opened(uri, desk.open);
    const placed = insertionOf(templateFor(name), text, document, positionFor(position), desk.client);
    if ('refused' in placed) return placed;
    const { applied } = await desk.connection.workspace.applyEdit({
      label: 'Insert template',
      edit: placed.edit,
    });
    return applied ? { applied } : { refused: 'The document has changed meanwhile.' };
  },
} satisfies Readonly<Record<string, Answer>>;

/** The names of the commands. */
export const templateCommands: readonly string[] = Object.keys(answers);

/** What runs behind each command. It throws where it was given what it cannot take. */
export const templateAnswers = (
  desk: Desk,
): readonly (readonly [command: string, run: (given: readonly unknown[] | undefined) => unknown])[] =>
  Object.entries<Answer>(answers).map(([command, answer]) => [command, (given = []) => answer(desk, given)]);

function insertionOf(
  template: Template,
  text: TextDocument,
  document: Document,
  position: Position,
  client: Client,
): { readonly edit: WorkspaceEdit } | { readonly refused: string } {
  const placed = placeTemplate(document, template, text.offsetAt(position));
  if ('refused' in placed) return placed;
  const { uri, version } = text;
  if (!client.versionedEdits)
    return { edit: { changes: { [uri]: placed.edits.map((edit) => plainEditOf(text, edit)) } } };
  const edits = editsOf(text, placed.edits, client.snippetEdits, linkedNumbers());
  return { edit: { documentChanges: [{ textDocument: { uri, version }, edits }] } };
}

/** The text after edits, and from where to where the longest of them goes in it. */
function previewOf(
  text: string,
  edits: readonly TextEdit[],
): { readonly text: string; readonly start: number; readonly end: number } {
  const main = edits.reduce((longest, edit) => (edit.text.length > longest.text.length ? edit : longest));
  const shift = edits
    .filter(({ span }) => span.start < main.span.start)
    .reduce((sum, edit) => sum + edit.text.length - (edit.span.end - edit.span.start), 0);
  const start = main.span.start + shift;
  return { text: applyEdits(text, edits), start, end: start + main.text.length };
}

const refuse = (message: string): never => {
  throw new ResponseError(ErrorCodes.InvalidParams, message);
};

const templateFor = (name: unknown): Template =>
  (typeof name === 'string' ? templateNamed(name) : undefined) ??
  refuse(`There is no template ${JSON.stringify(name)}.`);

const hostFor = (name: unknown): TemplateHost =>
  templateHosts.find((known) => known === name) ?? refuse(`There is no host ${JSON.stringify(name)}.`);

const opened = (uri: unknown, open: Open): NonNullable<ReturnType<Open>> =>
  (typeof uri === 'string' ? open(uri) : undefined) ??
  refuse(`The document ${JSON.stringify(uri)} is not open.`);

const positionFor = (position: unknown): Position =>
  Position.is(position) ? position : refuse('A position has a line and a character.');
