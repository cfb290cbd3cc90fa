/** Completion in files of trust tests: their own keys, actions, reasons and condition keys. */
import { conditionKeys, trustActions } from '../../catalog/catalog.ts';
import type { Entry, Slot } from '../../syntax/syntax.ts';
import { yaml } from '../../syntax/yaml.ts';
import { fillMarks } from '../../tree/change.ts';
import { keyText, pathOf } from '../../tree/walk.ts';
import type { Completion } from '../complete.ts';
import { caseKeys, callerKeys, keyDocs, reasons, suiteKeys } from './vocabulary.ts';

interface Offer {
  readonly label: string;
  readonly entry: Entry;
  readonly doc?: string;
}

/** What can be written at an offset of a file of tests. */
export function completeTestsAt(text: string, offset: number): readonly Completion[] {
  const { root } = yaml.parse(text);
  const slot = root ? yaml.slotAt(root, text, offset) : undefined;
  const offers = slot ? offersAt(slot) : [];
  return offers.flatMap(({ label, entry, doc }, index): readonly Completion[] => {
    const [main, ...others] = slot ? yaml.insertion(slot, entry, text) : [];
    if (main === undefined) return [];
    const filled = [main, ...others].map(({ span, text: written }) => ({
      span,
      ...fillMarks(written, () => ''),
    }));
    const [first, ...rest] = filled;
    if (first === undefined) return [];
    return [
      {
        label,
        kind: slot?.kind === 'key' ? 'elementKey' : 'conditionValue',
        ...(doc !== undefined && { doc }),
        edits: [first, ...rest],
        filterText: text.slice(main.span.start, main.span.start + 1) === '"' ? `"${label}` : label,
        sortText: String(index).padStart(4, '0'),
        retrigger: false,
      },
    ];
  });
}

/** The names of the keys that a slot lies below; places in lists do not count. */
function stepsTo(slot: Slot): readonly string[] {
  const path =
    slot.kind === 'key'
      ? pathOf(slot.object)
      : slot.kind === 'item'
        ? pathOf(slot.array)
        : [...pathOf(slot.member.parent), keyText(slot.member.key)];
  return path.filter((step) => typeof step === 'string');
}

function offersAt(slot: Slot): readonly Offer[] {
  const steps = stepsTo(slot);
  const [list, element] = steps;
  const isCase = list === 'allow' || list === 'deny';
  if (slot.kind === 'key') {
    const taken = slot.object.members
      .filter((member) => member !== slot.member)
      .map(({ key }) => keyText(key));
    return keysAt(isCase, steps).filter(({ label }) => !taken.includes(label));
  }
  if (isCase && element === 'action') return valuesOf(trustActions().map(({ id }) => id));
  return isCase && element === 'reason' ? valuesOf(reasons) : [];
}

function keysAt(isCase: boolean, steps: readonly string[]): readonly Offer[] {
  if (steps.length === 0) return keysOf(suiteKeys);
  if (!isCase) return [];
  if (steps.length === 1) return keysOf(caseKeys);
  if (steps.length > 2) return [];
  if (steps[1] === 'caller') return keysOf(callerKeys);
  if (steps[1] !== 'context') return [];
  return conditionKeys()
    .filter(({ prefix }) => !prefix)
    .map(({ id, doc }) => ({ label: id, entry: { key: id }, doc }));
}

const keysOf = (keys: readonly string[]): readonly Offer[] =>
  keys.map((key) => {
    const doc = keyDocs[key];
    return { label: key, entry: { key }, ...(doc !== undefined && { doc }) };
  });

const valuesOf = (values: readonly string[]): readonly Offer[] =>
  values.map((value) => ({ label: value, entry: { value } }));
