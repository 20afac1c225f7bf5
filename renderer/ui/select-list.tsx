import { Check } from 'lucide-react';
import { Select as Primitive } from 'radix-ui';
import { cx } from './class-names';
import { leaveFocusElsewhere } from './focus-return';
import { Icon } from './icon';
import { menuItem, menuPanel } from './menu-styles';

export interface SelectListProps {
  options: readonly { readonly value: string; readonly label: string }[];
  align?: 'start' | 'end';
  className?: string;
}

/** What a field with a short list opens. */
export function SelectList({ options, align = 'start', className }: SelectListProps) {
  return (
    <Primitive.Portal>
      <Primitive.Content
        position="popper"
        align={align}
        sideOffset={4}
        collisionPadding={8}
        onCloseAutoFocus={leaveFocusElsewhere}
        className={cx(menuPanel, className)}
      >
        <Primitive.Viewport>
          {options.map((option) => (
            <Primitive.Item key={option.value} value={option.value} className={menuItem(false)}>
              <span className="min-w-0 flex-1 truncate">
                <Primitive.ItemText>{option.label}</Primitive.ItemText>
              </span>
              <Primitive.ItemIndicator>
                <Icon icon={Check} small className="text-accent-text" />
              </Primitive.ItemIndicator>
            </Primitive.Item>
          ))}
        </Primitive.Viewport>
      </Primitive.Content>
    </Primitive.Portal>
  );
}
