/** What a pasted text is made into: a request for the evaluator, with what the text does not say. */
import type { Refusal } from '../../evaluate/caller.ts';
import type { WrittenRequest } from '../../evaluate/request.ts';

/** A request read from a token, an assertion or an event. */
export interface Conversion {
  readonly request: WrittenRequest;
  /** The account of the role, where the text says it. */
  readonly roleAccount?: string;
  /** The role's ARN, where the text says it. */
  readonly role?: string;
  /** What the text does not say, or says that no policy sees. */
  readonly notes: readonly string[];
}

export type Converted = Conversion | Refusal;

/** The account of a provider that no policy names, where that of the role is not known. */
export const nobodys = '000000000000';

/** The context of a request while it is put together. */
export type Context = Record<string, string | readonly string[]>;

/** What a session is given besides: tags and a source identity, each of which is an action of its own. */
export interface SessionExtras {
  readonly tags: readonly (readonly [key: string, value: string])[];
  readonly transitive: readonly string[];
  readonly sourceIdentity?: string;
}

/** The keys of what a session is given. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html */
export function contextOfExtras({ tags, transitive, sourceIdentity }: SessionExtras): Context {
  return {
    ...Object.fromEntries(tags.map(([key, value]) => [`aws:RequestTag/${key}`, value])),
    ...(tags.length > 0 && { 'aws:TagKeys': tags.map(([key]) => key) }),
    ...(transitive.length > 0 && { 'sts:TransitiveTagKeys': transitive }),
    ...(sourceIdentity !== undefined && { 'sts:SourceIdentity': sourceIdentity }),
  };
}

/** All actions that such a call needs. */
export const actionsWith = (
  action: string,
  { tags, sourceIdentity }: SessionExtras,
): string | readonly string[] => {
  const more = [
    ...(tags.length > 0 ? ['sts:TagSession'] : []),
    ...(sourceIdentity === undefined ? [] : ['sts:SetSourceIdentity']),
  ];
  return more.length === 0 ? action : [action, ...more];
};
