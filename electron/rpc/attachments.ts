import { base } from './base';

export const attachments = {
  addImage: base.attachments.addImage.handler(({ context, input }) =>
    context.attachments.addImage(input.name, input.data),
  ),
};
