import { userInfo } from 'node:os';

/** Who types a command, as the audit and the actions name them: `command:anna`. */
export function commandUser(): string {
  try {
    return `command:${userInfo().username}`;
  } catch {
    // A container's user need not have a name.
    return `command:${process.getuid?.() ?? 'unknown'}`;
  }
}
