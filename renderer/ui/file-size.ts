import { count, decimal } from './format';

/** "412 KB", "3.4 MB": in thousands, as file managers write it. */
export function fileSize(bytes: number): string {
  if (bytes < 1000) return `${count(bytes)} B`;
  if (bytes < 999_500) return `${count(bytes / 1000)} KB`;
  if (bytes < 999_950_000) return `${decimal(bytes / 1_000_000, 1)} MB`;
  return `${decimal(bytes / 1_000_000_000, 1)} GB`;
}
