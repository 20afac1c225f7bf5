import { useTranslation } from 'react-i18next';
import type { ImportFault, ImportProblem, KnownChoice } from '../../../shared/contract/import';
import { count, dayRange } from '../../ui/format';
import { Segmented } from '../../ui/segmented';
import type { FoundFile } from './use-import';

export interface ImportPreviewProps {
  found: FoundFile;
  known: KnownChoice;
  onKnown: (known: KnownChoice) => void;
  disabled: boolean;
}

/** What a file holds, before anything of it is written. */
export function ImportPreview({ found, known, onKnown, disabled }: ImportPreviewProps) {
  const { t } = useTranslation();
  const { conversations, messages, runs, images, missingImages, from, to } = found;
  const listed = (...parts: readonly string[]) => parts.join(t('models.comma'));
  const number = (value: number) => ({ count: value, text: count(value) });
  return (
    <>
      <dl className="figures mt-4 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
        <dt className="text-text-2">{t('import.file')}</dt>
        <dd className="truncate">{found.name}</dd>
        {found.fileCount > 0 && (
          <>
            <dt className="text-text-2">{t('import.filesRead')}</dt>
            <dd className="break-words">
              {listed(
                ...found.files,
                ...(found.fileCount > found.files.length
                  ? [t('import.more', number(found.fileCount - found.files.length))]
                  : []),
              )}
            </dd>
          </>
        )}
        {found.formats.length > 0 && (
          <>
            <dt className="text-text-2">{t('import.from')}</dt>
            <dd>{listed(...found.formats.map((format) => t(`import.formats.${format}`)))}</dd>
          </>
        )}
        <dt className="text-text-2">{t('import.inIt')}</dt>
        <dd>
          {listed(
            t('backups.conversations', number(conversations)),
            t('backups.messages', number(messages)),
            ...(images > 0 ? [t('import.images', number(images))] : []),
            ...(runs > 0 ? [t('backups.requests', number(runs))] : []),
          )}
        </dd>
        {from !== null && to !== null && (
          <>
            <dt className="text-text-2">{t('import.times')}</dt>
            <dd>{dayRange(from, to, Date.now())}</dd>
          </>
        )}
      </dl>
      {conversations > 0 && (
        <p className="mt-3 text-12 text-text-2">
          {runs > 0 ? t('import.costsKept') : t('import.costsNothing')}
          {missingImages > 0 && ` ${t('import.missingImages', number(missingImages))}`}
        </p>
      )}
      {found.known > 0 && (
        <div className="mt-4">
          <p className="mb-2">{t('import.known', number(found.known))}</p>
          <Segmented
            label={t('import.knownLabel')}
            disabled={disabled}
            value={known}
            segments={[
              { value: 'skip', label: t('import.skip') },
              { value: 'again', label: t('import.again') },
            ]}
            onChange={onKnown}
          />
        </div>
      )}
      <Problems problems={found.problems} all={found.problemCount} />
    </>
  );
}

/** Such a one is nowhere in a text. */
function isOfArchive(fault: ImportFault): boolean {
  return fault.startsWith('zip_');
}

function Problems({ problems, all }: { problems: readonly ImportProblem[]; all: number }) {
  const { t } = useTranslation();
  if (all === 0) return null;
  const heading = t('import.problems', { count: all, text: count(all) });
  return (
    <section className="mt-4" aria-label={heading}>
      <h3 className="font-semibold">{heading}</h3>
      <ul
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
        tabIndex={0}
        aria-label={heading}
        className="figures mt-1 max-h-40 overflow-y-auto rounded-2 border border-line px-3 py-2 text-12"
      >
        {problems.map(({ fault, title, at, detail, skipped }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
          <li key={index} className="py-[2px] break-words">
            {title !== null && <span dir="auto">{title}: </span>}
            {t(`import.faults.${fault}`)}{' '}
            <span className="text-text-2">
              {[
                ...(detail === null ? [] : [detail]),
                ...(isOfArchive(fault) ? [] : [t('import.byte', { text: count(at) })]),
                skipped ? t('import.left') : t('import.partly'),
              ].join(' · ')}
            </span>
          </li>
        ))}
        {all > problems.length && (
          <li className="py-[2px] text-text-2">
            {t('import.more', { count: all - problems.length, text: count(all - problems.length) })}
          </li>
        )}
      </ul>
    </section>
  );
}
