/**
 * Which implementation serves which operation and key, for speed and for keys that cannot leave their device.
 * Nothing here computes.
 * May use {@code crypto.jca}, {@code crypto.bc}, {@code crypto}, {@code registry} and {@code alert}.
 */
package org.almosttls.crypto.choice;
