import { ImageOff } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Attachment } from '../../../shared/contract/attachment';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Icon } from '../../ui/icon';

/** The images of a message. Each has its box before it is there, so that nothing jumps. */
export function MessageImages({ images }: { images: readonly Attachment[] }) {
  if (images.length === 0) return null;
  return (
    <div className="message-images">
      {images.map((image) => (
        <MessageImage key={image.id} image={image} />
      ))}
    </div>
  );
}

function addressOf({ sha256 }: Attachment): string {
  return `app://slice/attachment/${sha256}`;
}

function MessageImage({ image }: { image: Attachment }) {
  const { t } = useTranslation();
  const [missing, setMissing] = useState(false);
  const [open, setOpen] = useState(false);
  if (missing) {
    return (
      <span
        className="message-image"
        role="img"
        aria-label={t('chat.imageMissing', { name: image.name })}
      >
        <Icon icon={ImageOff} />
        <span aria-hidden="true">{image.name}</span>
      </span>
    );
  }
  return (
    <>
      <button
        type="button"
        className="message-image"
        aria-label={t('chat.openImage', { name: image.name })}
        title={image.name}
        onClick={() => setOpen(true)}
      >
        <img
          src={addressOf(image)}
          alt={image.name}
          decoding="async"
          draggable={false}
          onError={() => setMissing(true)}
        />
      </button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={image.name}
        size="wide"
        actions={
          <Button variant="ink" onClick={() => setOpen(false)}>
            {t('chat.closeImage')}
          </Button>
        }
      >
        <div className="mt-4 grid min-h-0 flex-1 place-items-center">
          <img src={addressOf(image)} alt={image.name} className="max-h-full max-w-full" />
        </div>
      </Dialog>
    </>
  );
}
