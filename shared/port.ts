/** What the page says to its preload when it hands over a port. */
export const PORT_MESSAGE = 'slice:port';

/** The only channel between preload and main. */
export const PORT_CHANNEL = 'slice:port';
