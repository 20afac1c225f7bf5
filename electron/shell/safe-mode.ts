const SWITCH = '--safe-mode';

/** Whether the app was started without all that could keep it from starting. */
export function isSafeMode(argv: readonly string[]): boolean {
  return argv.includes(SWITCH);
}

/** The arguments with which the app starts anew in safe mode, or without it. `argv` begins with the program. */
export function argumentsFor(safeMode: boolean, argv: readonly string[]): string[] {
  const others = argv.slice(1).filter((word) => word !== SWITCH);
  return safeMode ? [...others, SWITCH] : others;
}
