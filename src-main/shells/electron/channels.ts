/** @file Names of the channels between preload and main; nothing else knows them. */
export const REQUEST_CHANNEL = 'lookalike:request';
export const CANCEL_CHANNEL = 'lookalike:cancel';
export const EVENT_CHANNEL = 'lookalike:event';
