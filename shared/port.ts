/** What the page says to its preload when it hands over a port. */
export const PORT_MESSAGE = 'slice:port';

/** The channel between preload and main on which that port goes. */
export const PORT_CHANNEL = 'slice:port';

/** The channel on which the preload tells main the path of a file that was dropped on the window. */
export const FILE_CHANNEL = 'slice:file';
