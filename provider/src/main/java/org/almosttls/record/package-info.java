/**
 * Records: finding them in a stream, protecting them, and putting handshake messages together from them.
 * A protection belongs to one direction and one set of keys and counts its own records.
 * May use {@code crypto}, {@code wire}, {@code registry} and {@code alert}.
 */
package org.almosttls.record;
