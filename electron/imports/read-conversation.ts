import type { ImportFault } from '../../shared/contract/import';
import type { FiledPart } from '../../shared/conversation-file';

/** An image that a message carries; null bytes: it is named but not there. */
export interface ReadImage {
  readonly name: string;
  readonly mediaType: string;
  readonly sha256: string;
  readonly bytes: number;
}

export interface ReadPart extends Pick<FiledPart, 'kind' | 'text' | 'name'> {
  readonly image: ReadImage | null;
}

/** A message as any program's file has it. */
export interface ReadMessage {
  readonly key: string;
  readonly parent: string | null;
  readonly role: 'system' | 'user' | 'assistant';
  /** Ms since 1970; null where it is not known. */
  readonly createdAt: number | null;
  readonly parts: readonly ReadPart[];
  /** One that is not kept is passed over: what follows it follows the one before it. */
  readonly kept: boolean;
  readonly run?: string | null;
}

/** A conversation as any program's file has it. */
export interface ReadHead {
  readonly id: string | null;
  readonly title: string | null;
  readonly createdAt: number | null;
  readonly updatedAt: number | null;
  readonly model: string | null;
  readonly isArchived: boolean;
  readonly isPinned: boolean;
  /** The key of the message that the shown branch ends with; null for the last one. */
  readonly leaf: string | null;
}

/** One reason to leave a conversation out. */
export class BadEntry extends Error {
  readonly fault: ImportFault;
  readonly detail: string | null;

  constructor(fault: ImportFault, detail: string | null = null) {
    super(fault);
    this.fault = fault;
    this.detail = detail;
  }
}
