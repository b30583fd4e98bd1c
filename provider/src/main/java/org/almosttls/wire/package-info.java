/**
 * Bounded cursors over the bytes of messages: a reader that cannot leave its slice, a writer that closes its own
 * length prefixes. All checks of lengths live here, so that message bodies hold none.
 * May use {@code alert}.
 */
package org.almosttls.wire;
