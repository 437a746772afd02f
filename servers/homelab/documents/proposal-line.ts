import { plain } from '@homelab/shared/render/plain.ts';
import type { OpenProposal } from '../client/proposal-refs.ts';
import { ageOf } from './source.ts';

/** An open proposal in one line: branch, files, who, age, why. */
export function proposalLine({ branch, files, caller, date, subject }: OpenProposal, now: number): string {
  const more = files.length > 2 ? ` and ${files.length - 2} more` : '';
  const named = files.slice(0, 2).map((file) => plain(file));
  const by = caller === '' ? 'a person' : plain(caller, 40);
  return `${plain(branch, 80)} ${named.join(', ')}${more} · by ${by} · ${ageOf(date, now)} old · ${plain(subject, 100)}`;
}
