import type { LucideIcon } from 'lucide-react';
import { Toaster as Primitive, toast } from 'sonner';
import { Icon } from './icon';

/** Where toasts appear. Stands once in the page. */
export function Toaster() {
  return (
    <Primitive
      position="bottom-right"
      offset={16}
      gap={8}
      duration={6000}
      visibleToasts={3}
      toastOptions={{ unstyled: true, className: 'right-0 w-max' }}
    />
  );
}

export interface Notice {
  /** One sentence. */
  readonly text: string;
  readonly icon?: LucideIcon;
  readonly action?: { readonly label: string; readonly onSelect: () => void };
}

/** Says one sentence at the bottom right for six seconds. Never for the errors of an answer. */
export function notify({ text, icon, action }: Notice): void {
  toast.custom((id) => (
    <div className="flex h-10 max-w-[calc(100vw-32px)] items-center gap-3 rounded-3 bg-ink pr-2 font-sans pl-4 text-13 text-ink-text shadow-mid">
      {icon && <Icon icon={icon} small />}
      <span className="figures min-w-0 truncate">{text}</span>
      {action ? (
        <button
          type="button"
          className="h-6 flex-none rounded-1 px-2 font-semibold hover:opacity-80"
          onClick={() => {
            toast.dismiss(id);
            action.onSelect();
          }}
        >
          {action.label}
        </button>
      ) : (
        <span className="w-2" />
      )}
    </div>
  ));
}
