/**
 * The one stream of facts about a connection that every output is made from: log, key log, capture, flight recorder.
 * Events leave in causal order and hold neither prose nor formatting; bytes in them are views for the call only.
 * May use {@code config}, {@code message}, {@code registry}, {@code crypto} and {@code alert}.
 */
package org.almosttls.event;
