/**
 * Secrets from secrets: the transcript, the pseudorandom function, and the stages of the key schedule.
 * Each stage offers only the derivations that are lawful there, and is erased by whoever owns it.
 * May use {@code crypto}, {@code registry} and {@code wire}.
 */
package org.almosttls.keyschedule;
