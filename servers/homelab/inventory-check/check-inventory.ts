import { isMadeUp } from '@homelab/shared/inventory/compose.ts';
import { care } from './care.ts';
import { collisions } from './collisions.ts';
import { composeMatch } from './compose-match.ts';
import { documentFaults } from './documents.ts';
import { type Finding, finding, inOrder } from './finding.ts';
import { danglingReferences, innerReferences } from './references.ts';
import { type Prepared, prepare, type Subject } from './subject.ts';
import { subnetFaults } from './subnets.ts';

/** Everything that is wrong, doubtful or unknowable in an inventory and the files around it, worst first. */
export function checkInventory(subject: Subject): Finding[] {
  const prepared = prepare(subject);
  return inOrder(
    [schemaFaults, danglingReferences, innerReferences, collisions, subnetFaults, care, composeMatch, documentFaults, secrets].flatMap(
      (check) => check(prepared),
    ),
  );
}

function schemaFaults({ inventory }: Prepared): Finding[] {
  return inventory.problems.map(({ message, ...place }) =>
    finding('schema', place, message, 'infrastructure/README.md and its schemas say what is allowed.'),
  );
}

/** Kind and place only: the value was taken out when the file was read. */
function secrets({ files }: Prepared): Finding[] {
  return files.flatMap(({ path, secrets: found = [] }) =>
    found.map(({ line, column, kind }) => {
      const severity = isMadeUp(path) ? 'info' : 'error';
      return finding(
        'secret',
        { file: path, line, column },
        `looks like a secret (${kind})`,
        'Move it to a file outside the repository, and change it: it stands in the history.',
        severity,
      );
    }),
  );
}
